"""Limn beside PyTorch: the same tensor workloads in turn, on one machine, in one run.

Usage: python compare.py --limn PATH --peer PYTHON [--threads 2 1] [--seconds 4] [--rounds 3] [WORKLOAD ...]

Each side is a process that prints a line a step; steps are timed by when their lines arrive. Where steps are short the
lines are fetched some at a time: to wake for each would take a processor from the side that is measured. What was
fetched together is a whole number of steps, which would round a median; a side's step is the mean of the middle half of
its times. The sides alternate, so that whatever else the machine does meets both.

Printed for each workload: PyTorch's step over Limn's (above 1: Limn is faster), PyTorch's peak memory over Limn's, and
the time from its start to its first step over Limn's.
"""
import argparse
import itertools
import os
import pathlib
import select
import statistics
import subprocess
import time

HERE = pathlib.Path(__file__).parent
WORKLOADS = ["dcgan16", "dcgan28", "lstm", "gpt", "vae", "gpt_generate", "small_op", "elementwise", "matmul"]
WARM_UP = 3
SHORT = 0.01  # Seconds of a step below which lines are fetched some at a time,
TOGETHER = 20  # as many as this.


def run(command, seconds):
    """Seconds of each step, bytes at the most, and seconds from the start to the first step."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HERE, bufsize=0)
    arrivals, rest, end = [], b"", None
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 600)
        chunk = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
        now = time.perf_counter()
        if not chunk:
            process.kill()
            os.wait4(process.pid, 0)
            raise SystemExit(f"{' '.join(command)} stopped after {len(arrivals)} steps")
        # Lines that arrive together belong to one moment: steps that short are counted, and share their time.
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        arrivals.extend([now] * len(lines))
        if end is None and len(arrivals) > WARM_UP:
            end = now + seconds
        if end is not None and now > end:
            break
        if len(arrivals) > WARM_UP:
            step = (now - arrivals[WARM_UP - 1]) / (len(arrivals) - WARM_UP)
            if step < SHORT:
                time.sleep(TOGETHER * step)
    process.kill()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    process.stdout.close()
    steps, before = [], arrivals[WARM_UP - 1]
    for moment, lines in itertools.groupby(arrivals[WARM_UP:]):
        count = len(list(lines))
        steps += [(moment - before) / count] * count
        before = moment
    return steps, usage.ru_maxrss * 1024, arrivals[0] - start


def middle(values):
    """The mean of the middle half of the values."""
    ordered, quarter = sorted(values), len(values) // 4
    return statistics.mean(ordered[quarter:len(ordered) - quarter])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workloads", nargs="*")
    parser.add_argument("--limn", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--threads", type=int, nargs="*", default=[2, 1])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    limn = str(pathlib.Path(arguments.limn).resolve())
    print(f"{'workload':<14}{'threads':>8}{'Limn ms':>10}{'PyTorch ms':>12}{'speed':>8}{'memory':>8}{'start':>8}")
    for threads in arguments.threads:
        for workload in arguments.workloads or WORKLOADS:
            sides = {
                "limn": [limn, "run", f"{workload}.limn", "--threads", str(threads)],
                "torch": [arguments.peer, "torch_steps.py", workload, str(threads)],
            }
            steps, memory, starts = ({side: [] for side in sides} for _ in range(3))
            for _ in range(arguments.rounds):
                for side, command in sides.items():
                    found = run(command, arguments.seconds / arguments.rounds)
                    for kept, value in zip((steps, memory, starts), found):
                        kept[side].extend(value) if isinstance(value, list) else kept[side].append(value)
            times = {side: middle(steps[side]) for side in sides}
            ratio = lambda values: statistics.median(values["torch"]) / statistics.median(values["limn"])
            print(
                f"{workload:<14}{threads:>8}{times['limn'] * 1e3:>10.3f}{times['torch'] * 1e3:>12.3f}"
                f"{times['torch'] / times['limn']:>8.2f}{ratio(memory):>8.2f}{ratio(starts):>8.2f}", flush=True)


if __name__ == "__main__":
    main()
