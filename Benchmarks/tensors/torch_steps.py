"""One PyTorch workload of torch_peer.py for ever, one line a step: what compare.py times.

Usage: python torch_steps.py WORKLOAD THREADS
"""
import sys

import torch

import torch_peer

if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(0)
    step, _, _ = getattr(torch_peer, sys.argv[1])()
    while True:
        step()
        print("step", flush=True)
