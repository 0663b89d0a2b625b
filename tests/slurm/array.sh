#!/usr/bin/env bash
# array.sh BUILD_FOLDER: quartic submit on a real Slurm, started here for this test alone: munged, slurmctld and slurmd
# with their files in a scratch folder and ports of their own. Eight tasks, one killed and one put back into the queue
# while they run; the merged records must be, to the byte, those of one run that nothing disturbed.
set -euo pipefail
quartic=$1/quartic
if [ "$(id -u)" != 0 ]; then echo "skipped: only root can start slurmd"; exit 77; fi
for program in munged slurmctld slurmd sbatch; do
  command -v $program >/dev/null || { echo "skipped: there is no $program (Debian packages slurm-wlm and munge)"; exit 77; }
done

scratch=$(mktemp -d)
daemons=()
# What a job left running: it has the environment of this Slurm.
left_over() { grep -lz "^SLURM_CONF=$SLURM_CONF\$" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3; }
# The jobs first, then what would start them, then the keys.
tidy_up() {
  local status=$? daemon
  [ $status = 0 ] || tail -n 20 "$scratch"/*.log "$scratch"/run*/logs/* 2>/dev/null || true
  scancel --user=root 2>/dev/null || true
  for _ in $(seq 50); do [ -n "$(squeue --noheader 2>/dev/null)" ] || break; sleep .1; done
  for daemon in "${daemons[@]}"; do kill "$daemon" 2>/dev/null || true; done
  for daemon in "${daemons[@]}"; do wait "$daemon" 2>/dev/null || true; done
  for daemon in $(left_over); do kill -KILL "$daemon" 2>/dev/null || true; done
  rm -rf "$scratch"
  exit $status
}
trap tidy_up EXIT
trap 'exit 130' INT TERM

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
  local limit=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || { echo "waited in vain for $what"; squeue || true; exit 1; }
    sleep .1
  done
}
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo $port
}

host=$(hostname -s)
export SLURM_CONF=$scratch/slurm.conf
chmod 711 "$scratch" # munged wants its socket within reach of everybody
mkdir "$scratch/munge" "$scratch/state" "$scratch/spool"
head -c 1024 /dev/urandom >"$scratch/munge/key"
chmod 600 "$scratch/munge/key"
cat >"$SLURM_CONF" <<CONFIGURATION
ClusterName=quartic
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
AuthType=auth/munge
CredType=cred/munge
# cred_expire: how long a job waits that was put back into the queue (Slurm takes 5 s or more)
AuthInfo=socket=$scratch/munge/socket,cred_expire=5
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
KillWait=2
MailProg=/bin/true
# arrays of at most five tasks: eight need two arrays
MaxArraySize=6
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONFIGURATION

# What they say is in their logs; a slurmd that cannot start says so there too.
echo "-- starting munged, slurmctld and slurmd ($(slurmctld -V))"
munged --foreground --force --num-threads=1 --socket="$scratch/munge/socket" --key-file="$scratch/munge/key" \
  --pid-file="$scratch/munge/pid" --seed-file="$scratch/munge/seed" --log-file="$scratch/munged.log" >/dev/null 2>&1 &
daemons=($!)
wait_for 10 "munged" test -S "$scratch/munge/socket"
slurmctld -D >/dev/null 2>&1 &
daemons=($! "${daemons[@]}")
slurmd -D >/dev/null 2>&1 &
daemons=($! "${daemons[@]}")
idle() { [ "$(sinfo --noheader --format=%T)" = idle ]; }
wait_for 30 "an idle node" idle

cat >"$scratch/sweep.toml" <<'STUDY'
title = "A sweep for two processors"
replicates = 2
sizes = [100, 200, 400, 800]
[world]
kind = "sparse_linear"
candidates = [400, 500]
relevant = 10
noise = [0.5, 1.0]
[[arm]]
name = "flexible"
model = "least_squares"
[[arm]]
name = "regularised"
model = "lasso"
penalty = "cv"
[effort.test]
replicates = 48
STUDY

echo "-- one run that nothing disturbs"
"$quartic" run "$scratch/sweep.toml" --effort test --out "$scratch/whole" --quiet

echo "-- eight tasks"
folder="$scratch/run on a 'cluster'"
"$quartic" submit "$scratch/sweep.toml" --effort test --slurm --tasks 8 --out "$folder" --sbatch "--comment='a test'"
squeue --noheader --array --format='%i %T %r'

# task SHARD: the process that computes it.
process_of() { pgrep -f "$quartic run .* --shard $1/8 "; }
job_of() { tr '\0' '\n' <"/proc/$(process_of "$1")/environ" | sed -n 's/^SLURM_JOB_ID=//p'; }
restarts_of() { scontrol --oneliner show job "$1" | grep -oE ' Restarts=[0-9]+' | cut -d= -f2; }
at_work() { [ -e "$folder/shard-$1/run.sqlite" ] && process_of "$1"; }

wait_for 60 "shard 1 at work" at_work 1
wait_for 60 "shard 2 at work" at_work 2
killed=$(job_of 1) requeued=$(job_of 2)
echo "-- kill -9 of shard 1 (job $killed), scontrol requeue of shard 2 (job $requeued)"
kill -9 "$(process_of 1)"
scontrol requeue "$requeued"

nothing_left() { [ -z "$(squeue --noheader)" ]; }
wait_for 150 "the end of all jobs" nothing_left
for job in "$killed" "$requeued"; do
  [ "$(restarts_of "$job")" = 1 ] || { echo "job $job was not started twice"; scontrol show job "$job"; exit 1; }
done
grep -h records "$folder"/logs/merge-*.log
cmp "$scratch/whole/records.csv" "$folder/results/records.csv"
echo "-- $(wc -l <"$folder/results/records.csv") lines of records.csv are the same, ${SECONDS} s in all"
