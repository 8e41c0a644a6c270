"""Writes Tests/Fixtures/training.safetensors: layers and optimizers as PyTorch computes them.

Made with torch 2.13.0 and safetensors 0.5 or later, in float64 so that formulas can be compared to many digits.
Layouts are Limn's: images [batch, height, width, channels], kernels [height, width, in, out], dense kernels [in, out].

Run: python3 Tests/Peers/training_fixtures.py
"""
import torch
import torch.nn.functional as F

from gradient_fixtures import gradients, keep, leaf, save

torch.manual_seed(20)


# Images and kernels as PyTorch wants them.
def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def oihw(kernel):
    return kernel.permute(3, 2, 0, 1)


def dense():
    x, kernel, bias = leaf(5, 7), leaf(7, 3), leaf(3)
    gradients("dense", x @ kernel + bias, x=x, kernel=kernel, bias=bias)


def same_padding(length, kernel, stride, dilation=1):
    total = max(0, (-(-length // stride) - 1) * stride + (kernel - 1) * dilation + 1 - length)
    return total // 2, total - total // 2


def conv2d(prefix, height, width, size, stride, dilation=1):
    x, kernel, bias = leaf(2, height, width, 3), leaf(size, size, 3, 4), leaf(4)
    top, bottom = same_padding(height, size, stride, dilation)
    left, right = same_padding(width, size, stride, dilation)
    y = F.conv2d(F.pad(nchw(x), (left, right, top, bottom)), oihw(kernel), bias, stride=stride, dilation=dilation)
    gradients(prefix, nhwc(y), x=x, kernel=kernel, bias=bias)


def conv_transpose2d(prefix, height, width, size, stride):
    """The kernel is that of the convolution whose gradient this is: [height, width, out, in]."""
    x, kernel, bias = leaf(2, height, width, 4), leaf(size, size, 3, 4), leaf(3)
    full = F.conv_transpose2d(nchw(x), oihw(kernel), stride=stride)
    top, _ = same_padding(height * stride, size, stride)
    left, _ = same_padding(width * stride, size, stride)
    # A kernel smaller than the stride leaves pixels that nothing reaches.
    full = F.pad(full, (0, max(0, left + width * stride - full.shape[3]), 0, max(0, top + height * stride - full.shape[2])))
    y = nhwc(full)[:, top:top + height * stride, left:left + width * stride] + bias
    gradients(prefix, y, x=x, kernel=kernel, bias=bias)


def batch_norm():
    x, gain, bias = leaf(3, 2, 2, 4), leaf(4), leaf(4)
    mean, variance = torch.zeros(4), torch.ones(4)
    y = F.batch_norm(nchw(x), mean, variance, gain, bias, training=True, momentum=0.01, eps=1e-3)
    gradients("batch_norm.training", nhwc(y), x=x, gain=gain, bias=bias)
    keep("batch_norm.training", running_mean=mean, running_variance_unbiased=variance)
    x, gain, bias = leaf(3, 2, 2, 4), leaf(4), leaf(4)
    mean, variance = torch.randn(4), torch.rand(4) + 0.5
    y = F.batch_norm(nchw(x), mean, variance, gain, bias, training=False, eps=1e-3)
    gradients("batch_norm.inference", nhwc(y), x=x, gain=gain, bias=bias)
    keep("batch_norm.inference", running_mean=mean, running_variance=variance)


def layer_norm():
    x, gain, bias = leaf(3, 5, 6), leaf(6), leaf(6)
    gradients("layer_norm", F.layer_norm(x, (6,), gain, bias, 1e-5), x=x, gain=gain, bias=bias)


def embedding():
    indices, weight = torch.tensor([[1, 4, 1], [0, 0, 3]]), leaf(5, 2)
    gradients("embedding", F.embedding(indices, weight), weight=weight)
    keep("embedding", indices=indices)


def optimizer(name, make):
    """Five steps with given gradients, all values after each."""
    generator = torch.Generator().manual_seed(7)
    start = torch.randn(3, 4, generator=generator)
    steps = torch.randn(5, 3, 4, generator=generator)
    keep("optimizer", start=start, gradients=steps)
    weight = torch.nn.Parameter(start.clone())
    rule = make([weight])
    values = []
    for gradient in steps:
        weight.grad = gradient.clone()
        rule.step()
        values.append(weight.detach().clone())
    keep("optimizer", **{name: torch.stack(values)})


def optimizers():
    optim = torch.optim
    optimizer("sgd", lambda w: optim.SGD(w, lr=0.1))
    optimizer("sgd_momentum", lambda w: optim.SGD(w, lr=0.1, momentum=0.9))
    optimizer("sgd_nesterov", lambda w: optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05))
    optimizer("rmsprop", lambda w: optim.RMSprop(w, lr=0.01))
    optimizer("rmsprop_momentum", lambda w: optim.RMSprop(w, lr=0.01, alpha=0.9, momentum=0.8, weight_decay=0.1))
    optimizer("adam", lambda w: optim.Adam(w, lr=0.01))
    optimizer("adam_decay", lambda w: optim.Adam(w, lr=0.01, betas=(0.5, 0.9), eps=1e-3, weight_decay=0.1))
    optimizer("adagrad", lambda w: optim.Adagrad(w, lr=0.1))
    optimizer("adamw", lambda w: optim.AdamW(w, lr=0.01, weight_decay=0.2))


def clipping():
    weights = [torch.nn.Parameter(torch.zeros(3)), torch.nn.Parameter(torch.zeros(2, 2))]
    for weight in weights:
        weight.grad = torch.randn_like(weight)
    keep("clipping", first=weights[0].grad.clone(), second=weights[1].grad.clone())
    torch.nn.utils.clip_grad_norm_(weights, 0.5)
    keep("clipping", first_clipped=weights[0].grad, second_clipped=weights[1].grad)


def schedules():
    weight = torch.nn.Parameter(torch.zeros(1))
    for name, make in {
        "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 20, eta_min=0.01),
        "one_cycle": lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 0.1, total_steps=20),
        "exponential": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
        "step": lambda o: torch.optim.lr_scheduler.StepLR(o, 6, 0.5),
    }.items():
        rule = torch.optim.SGD([weight], lr=0.1)
        schedule = make(rule)
        rates = []
        for _ in range(20):
            rates.append(rule.param_groups[0]["lr"])
            rule.step()
            schedule.step()
        keep("schedule", **{name: torch.tensor(rates)})


def network():
    """A small generator that learns one batch by Adam: six losses, and the weights at the end."""
    z, target = torch.randn(4, 5), torch.tanh(torch.randn(4, 6, 6, 2))
    project, up, gain, bias = (
        leaf(5, 3 * 3 * 8, scale=0.3), leaf(5, 5, 4, 8, scale=0.1), torch.ones(4, requires_grad=True),
        torch.zeros(4, requires_grad=True))
    last, last_bias = leaf(3, 3, 4, 2, scale=0.3), torch.zeros(2, requires_grad=True)
    weights = dict(project=project, up=up, gain=gain, bias=bias, last=last, last_bias=last_bias)
    keep("network", z=z, target=target, **{f"{name}_start": tensor.clone() for name, tensor in weights.items()})
    rule = torch.optim.Adam(weights.values(), lr=0.01)
    mean, variance = torch.zeros(4), torch.ones(4)
    losses = []
    for _ in range(6):
        h = (z @ project).relu().reshape(-1, 3, 3, 8)
        full = F.conv_transpose2d(nchw(h), oihw(up), stride=2)
        before, _ = same_padding(6, 5, 2)
        h = full[:, :, before:before + 6, before:before + 6]
        h = F.leaky_relu(F.batch_norm(h, mean, variance, gain, bias, training=True, momentum=0.01, eps=1e-3), 0.2)
        y = torch.tanh(nhwc(F.conv2d(h, oihw(last), last_bias, padding=1)))
        loss = F.mse_loss(y, target)
        rule.zero_grad()
        loss.backward()
        rule.step()
        losses.append(loss.detach())
    keep("network", losses=torch.stack(losses), **{f"{name}_end": tensor for name, tensor in weights.items()})


dense()
conv2d("conv2d", 6, 7, 5, 2)
conv2d("conv2d_dilated", 6, 5, 3, 1, dilation=2)
conv_transpose2d("conv_transpose2d", 4, 3, 5, 2)
conv_transpose2d("conv_transpose2d_stride1", 3, 4, 3, 1)
batch_norm()
layer_norm()
embedding()
optimizers()
clipping()
schedules()
network()
save("training", torch=torch.__version__)
