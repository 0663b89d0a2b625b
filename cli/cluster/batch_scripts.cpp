#include "cli/cluster/batch_scripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "cli/terminal/child.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

/// A word on a line of #SBATCH: sbatch takes quotes and backslashes off, and knows no others.
std::string directive_word(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// A path in the option --output, where % begins a pattern.
std::string log_path(const BatchJob& job, const std::string& name) {
  std::string folder;
  for (const char c : job.folder) folder += c == '%' ? "%%" : std::string(1, c);
  return directive_word(folder + "/logs/" + name);
}

std::string user_directives(const BatchJob& job) {
  std::string out;
  for (const std::string& word : job.options) out += (out.empty() ? "#SBATCH " : " ") + directive_word(word);
  return out.empty() ? out : out + "\n";
}

/// A comment that names what a user named: on one line, whatever the name.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; }, ' ');
  return text;
}

std::string job_name(const BatchJob& job) {
  std::string name = "quartic-";
  for (const char c : job.study)
    name += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' ? c : '_';
  return name;
}

std::string places(const BatchJob& job) {
  return "quartic=" + shell_word(job.program) + "\nfolder=" + shell_word(job.folder) + "\n";
}

/// Options by which a user would break what holds the jobs together.
constexpr std::array<std::string_view, 6> own_options = {"--array", "--dependency", "--output",
                                                         "--wrap",  "--no-requeue", "--parsable"};
constexpr std::string_view own_letters = "ado";
constexpr std::string_view letters_without_value = "hHIkOQsuvVW";  // others may follow them in one word

// sbatch takes a name cut short, and letters in one word.
bool is_own_option(std::string_view word) {
  if (!word.starts_with('-')) return false;
  if (word.starts_with("--")) {
    const std::string_view name = word.substr(0, word.find('='));
    return std::any_of(own_options.begin(), own_options.end(),
                       [&](std::string_view option) { return option.starts_with(name); });
  }
  const std::size_t letter = word.find_first_not_of(letters_without_value, 1);
  return letter != std::string_view::npos && own_letters.find(word[letter]) != std::string_view::npos;
}

void refuse_own_options(const std::vector<std::string>& words) {
  for (const std::string& word : words)
    require(!is_own_option(word),
            "--sbatch holds " + word.substr(0, word.find('=')) +
                " (quartic submit sets what ties the jobs together). Leave it out; with "
                "--dry-run you get scripts to change by hand.");
}

}  // namespace

std::vector<ShardRange> shard_ranges(Index shards, Index most) {
  std::vector<ShardRange> ranges;
  for (Index first = 1; first <= shards; first += most)
    ranges.push_back({first, std::min(first + most - 1, shards)});
  return ranges;
}

std::vector<std::string> sbatch_words(std::string_view text) {
  require(text.find_first_of("\r\n") == std::string_view::npos,
          "--sbatch holds a line break (its options stand on one line of the script). Leave it out.");
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool inside = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    const bool blank = c == ' ' || c == '\t';
    if (!quote && blank) {
      if (inside) words.push_back(std::exchange(word, ""));
      inside = false;
      continue;
    }
    inside = true;
    if (quote ? c == quote : c == '"' || c == '\'')
      quote = quote ? '\0' : c;
    else if (c == '\\' && quote != '\'' && k + 1 < text.size())
      word += text[++k];
    else
      word += c;
  }
  require(!quote,
          "--sbatch holds a quote that nothing closes (its words are read as a shell reads them). "
          "Close it.");
  if (inside) words.push_back(word);
  refuse_own_options(words);
  return words;
}

std::string array_script(const BatchJob& job) {
  return fmt::format(
      R"script(#!/bin/bash
# {name}: one shard of the study a task, of {shards}. Written by quartic submit.
# Submitted once more, it computes only what is missing in the folders shard-*.
#SBATCH --job-name={job}
#SBATCH --output={log}
#SBATCH --open-mode=append
#SBATCH --requeue
{user}
{places}shard=$((${{1:-0}} + SLURM_ARRAY_TASK_ID))  # a second array goes on after the first

# The cores that Slurm grants this task, and three quarters of its memory.
options=(--threads "${{SLURM_CPUS_PER_TASK:-1}}")
megabytes=${{SLURM_MEM_PER_NODE:-$((${{SLURM_MEM_PER_CPU:-0}} * ${{SLURM_CPUS_PER_TASK:-1}}))}}
if [ "$megabytes" -gt 0 ]; then options+=(--memory "$((megabytes * 3 / 4))M"); fi

"$quartic" run "$folder/study.toml" --shard "$shard/{shards}" --out "$folder/shard-$shard" \
  --checkpoints "$folder/checkpoints/shard-$shard" "${{options[@]}}" --quiet
status=$?

# 0: done. 1: done, some fits failed, and the merge counts them. 2: bad input, which no second try mends. Else the
# machine failed (3) or a signal ended the program: the task goes back into the queue, five times at most. What was
# finished is in the store.
if [ $status -le 1 ]; then exit 0; fi
if [ $status -ne 2 ] && [ "${{SLURM_RESTART_COUNT:-0}}" -lt 5 ]; then
  echo "shard $shard ended with status $status; it goes back into the queue"
  scontrol requeue "$SLURM_JOB_ID" && exit
fi
exit $status
)script",
      fmt::arg("name", one_line(job.study)), fmt::arg("shards", job.shards), fmt::arg("job", job_name(job)),
      fmt::arg("log", log_path(job, "%A_%a.log")), fmt::arg("user", user_directives(job)),
      fmt::arg("places", places(job)));
}

std::string merge_script(const BatchJob& job) {
  return fmt::format(
      R"script(#!/bin/bash
# {name}: makes one folder of results of the {shards} shards. Written by quartic submit.
# It runs when every task has ended, well or not, and says what is missing, if anything is.
#SBATCH --job-name={job}-merge
#SBATCH --output={log}
#SBATCH --requeue
{user}
{places}
exec "$quartic" merge "$folder/results" "$folder"/shard-*
)script",
      fmt::arg("name", one_line(job.study)), fmt::arg("shards", job.shards), fmt::arg("job", job_name(job)),
      fmt::arg("log", log_path(job, "merge-%j.log")), fmt::arg("user", user_directives(job)),
      fmt::arg("places", places(job)));
}

}  // namespace quartic
