#!/usr/bin/env python3
"""Steps of many small networks beside PyTorch, one thread, in one run.

/usr/bin/python3 bench/together_peers.py build/release/bench/together_bench

For every shape a line: hidden layers, inputs, width, rows a batch; then thousands of member-steps a second of 64
networks: in PyTorch one after another, by torch.baddbmm, by vmap; in quartic one after another and together; the last
over the best of PyTorch, and over quartic one after another. relu, squared loss, plain descent. In PyTorch the rows of
a step stand ready; quartic draws and gathers them too.
"""
import json
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import torch
from torch.nn import functional

SHAPES = [(hidden, inputs, width, batch) for hidden in (1, 3) for inputs, width in ((10, 8), (10, 32), (100, 64))
          for batch in (4, 32)]
MEMBERS, RATE = 64, 1e-3


def rate(step):
    """Thousands of member-steps a second: the median of seven times about 50 ms."""
    for _ in range(3):
        step()
    start = time.thread_time()
    step()
    repeats = max(1, int(0.05 / (time.thread_time() - start)))
    times = []
    for _ in range(7):
        start = time.thread_time()
        for _ in range(repeats):
            step()
        times.append((time.thread_time() - start) / repeats)
    return MEMBERS / statistics.median(times) / 1000


def network(hidden, inputs, width):
    layers, below = [], inputs
    for _ in range(hidden):
        layers += [torch.nn.Linear(below, width), torch.nn.ReLU()]
        below = width
    return torch.nn.Sequential(*layers, torch.nn.Linear(below, 1))


def one_after_another(nets, x, y):
    rules = [torch.optim.SGD(net.parameters(), lr=RATE) for net in nets]

    def step():
        for net, rule, rows, labels in zip(nets, rules, x, y):
            rule.zero_grad(set_to_none=True)
            functional.mse_loss(net(rows), labels).backward()
            rule.step()
    return step


def by_baddbmm(nets, x, y):
    linear = [[layer for layer in net if isinstance(layer, torch.nn.Linear)] for net in nets]
    layers = range(len(linear[0]))
    weights = [torch.stack([net[l].weight.detach().t().clone() for net in linear]).requires_grad_() for l in layers]
    biases = [torch.stack([net[l].bias.detach()[None].clone() for net in linear]).requires_grad_() for l in layers]
    parameters = weights + biases

    def step():
        units = x
        for l in layers:
            units = torch.baddbmm(biases[l], units, weights[l])
            if l + 1 < len(layers):
                units = torch.relu(units)
        loss = ((units - y) ** 2).mean((1, 2)).sum()
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=RATE)
    return step


def by_vmap(nets, x, y):
    if hasattr(torch, "func"):
        from torch.func import functional_call, grad, stack_module_state, vmap
        parameters, _ = stack_module_state(nets)
        parameters = {name: numbers.detach() for name, numbers in parameters.items()}

        def loss(own, rows, labels):
            return functional.mse_loss(functional_call(nets[0], own, (rows,)), labels)
        gradients_of = vmap(grad(loss))

        def step():
            gradients = gradients_of(parameters, x, y)
            for name, numbers in parameters.items():
                numbers.sub_(gradients[name], alpha=RATE)
        return step
    from functorch import combine_state_for_ensemble, grad, vmap
    model, parameters, buffers = combine_state_for_ensemble(nets)
    parameters = [numbers.detach() for numbers in parameters]

    def loss(own, held, rows, labels):
        return functional.mse_loss(model(own, held, rows), labels)
    gradients_of = vmap(grad(loss))

    def step():
        for numbers, gradient in zip(parameters, gradients_of(parameters, buffers, x, y)):
            numbers.sub_(gradient, alpha=RATE)
    return step


def ours(program, way, shape):
    """Thousands of member-steps a second of CPU time."""
    names = "/".join(f"{name}:{value}" for name, value in zip(("hidden", "inputs", "width", "batch"), shape))
    done = subprocess.run([program, f"--benchmark_filter=^{way}/sgd/{names}$", "--benchmark_format=json",
                           "--benchmark_repetitions=5", "--benchmark_min_time=0.1"],
                          capture_output=True, check=True, text=True)
    return statistics.median(one["items_per_second"] for one in json.loads(done.stdout)["benchmarks"]
                             if one["run_type"] == "iteration") / 1000


def main(program):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    beside_torch, beside_alone = [], []
    for hidden, inputs, width, batch in SHAPES:
        x = torch.randn(MEMBERS, batch, inputs)
        y = x.sum(2, keepdim=True) / inputs ** 0.5
        rates = [rate(way([network(hidden, inputs, width) for _ in range(MEMBERS)], x, y))
                 for way in (one_after_another, by_baddbmm, by_vmap)]
        shape = (hidden, inputs, width, batch)
        alone, together = (ours(program, way, shape) for way in ("alone", "together"))
        beside_torch.append(together / max(rates))
        beside_alone.append(together / alone)
        print(hidden, inputs, width, batch,
              *(f"{one:.4g}" for one in (*rates, alone, together)),
              f"{beside_torch[-1]:.1f} x, {beside_alone[-1]:.2f} x", flush=True)
    print(f"median {statistics.median(beside_torch):.1f} x the best of PyTorch, "
          f"{statistics.median(beside_alone):.2f} x one after another")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
