"""Writes Tests/Fixtures/layers.safetensors: activations, losses, windows, norms, recurrent and other layers as PyTorch computes them,
with all gradients, and the gradients of those.

Made with torch 2.13.0, transformers 5.24.0 and safetensors 0.5 or later, in float64. Layouts are Limn's: channels last, kernels
[..., in, out]. For each name there are: the inputs; `y`; `y_gradient`, a random weighting of y; `NAME_gradient` of Σ y · y_gradient for
each input; `NAME_direction`, a random weighting of that gradient; and `NAME_second`, the gradient of Σ over all inputs of
NAME_gradient · NAME_direction.

Run: python3 Tests/Peers/layer_fixtures.py
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

from gradient_fixtures import keep, leaf, save

torch.manual_seed(44)


def check(prefix, y, second=True, **leaves):
    weighting = torch.randn_like(y)
    first = torch.autograd.grad((y * weighting).sum(), list(leaves.values()), create_graph=second)
    keep(prefix, y=y, y_gradient=weighting, **leaves)
    keep(prefix, **{f"{name}_gradient": g for name, g in zip(leaves, first)})
    if not second:
        return
    directions = [torch.randn_like(g) for g in first]
    slope = sum((g * d).sum() for g, d in zip(first, directions))
    found = torch.autograd.grad(slope, list(leaves.values()), allow_unused=True) if slope.requires_grad else [None] * len(directions)
    for name, direction, gradient, tensor in zip(leaves, directions, found, leaves.values()):
        gradient = torch.zeros_like(tensor) if gradient is None else gradient
        keep(prefix, **{f"{name}_direction": direction, f"{name}_second": gradient})


def first_axis(x):
    """Channels from the last axis to PyTorch's second."""
    return x.movedim(-1, 1)


def last_axis(x):
    return x.movedim(1, -1)


def activations():
    for name, function in {
        "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "selu": F.selu, "silu": F.silu, "softplus": F.softplus,
        "leaky_relu": lambda x: F.leaky_relu(x, 0.2), "elu": lambda x: F.elu(x, 1.3), "gelu": F.gelu,
        "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "softmax": lambda x: x.softmax(-1),
        "softmax_axis": lambda x: x.softmax(1), "log_softmax": lambda x: x.log_softmax(-1),
        "glu": F.glu, "swiglu": lambda x: x.chunk(2, -1)[0] * F.silu(x.chunk(2, -1)[1]),
    }.items():
        x = leaf(2, 3, 6, scale=2)
        check(f"activation.{name}", function(x), x=x)


def losses():
    """Each with its mean, and one by one."""
    def both(name, function, **leaves):
        check(f"loss.{name}", function("mean"), **leaves)
        check(f"loss.{name}.none", function("none"), **leaves)

    x, t = leaf(4, 3), torch.rand(4, 3).requires_grad_()
    both("bce", lambda r: F.binary_cross_entropy_with_logits(x, t, reduction=r), x=x, t=t)
    for name, function in {
        "mse": F.mse_loss, "mae": F.l1_loss, "huber": lambda a, b, reduction: F.huber_loss(a, b, reduction=reduction, delta=0.7),
    }.items():
        x, t = leaf(4, 3), leaf(4, 3)
        both(name, lambda r: function(x, t, reduction=r), x=x, t=t)
    sign = torch.tensor([1.0, -1.0, 1.0, -1.0])
    x = leaf(4)
    keep("loss.hinge", target=sign)
    # Hinge with margin 1 is hinge_embedding's and multi_margin's sibling; the formula is max(0, margin - t x).
    both("hinge", lambda r: (lambda l: l.mean() if r == "mean" else l)((1.5 - sign * x).clamp(min=0)), x=x)
    x = leaf(4)
    keep("loss.wasserstein", target=sign)
    both("wasserstein", lambda r: (lambda l: l.mean() if r == "mean" else l)(-sign * x), x=x)
    x, t = leaf(4, 5), torch.rand(4, 5).softmax(-1).requires_grad_()
    both("kl", lambda r: (lambda l: l.mean() if r == "mean" else l)(
        F.kl_div(x.log_softmax(-1), t, reduction="none").sum(-1)), x=x, t=t)
    m, v = leaf(4, 3), leaf(4, 3)
    standard = torch.distributions.Normal(torch.zeros(4, 3), torch.ones(4, 3))
    both("normal_kl", lambda r: (lambda l: l.mean() if r == "mean" else l)(torch.distributions.kl_divergence(
        torch.distributions.Normal(m, (v / 2).exp()), standard).sum(-1)), m=m, v=v)
    labels = torch.tensor([[0, 4, 2], [-1, 3, 1]])
    keep("loss.cross_entropy", labels=labels)
    x = leaf(2, 3, 5)
    both("cross_entropy", lambda r: F.cross_entropy(
        x.movedim(-1, 1), labels, ignore_index=-1, label_smoothing=0.1, reduction=r), x=x)
    x, t = leaf(4, 5), torch.rand(4, 5).softmax(-1).requires_grad_()
    both("cross_entropy_dense", lambda r: F.cross_entropy(x, t, label_smoothing=0.2, reduction=r), x=x, t=t)
    x, t, v = leaf(4, 3), leaf(4, 3), (torch.rand(4, 3) + 0.1).requires_grad_()
    both("gaussian_nll", lambda r: F.gaussian_nll_loss(x, t, v, reduction=r), x=x, t=t, v=v)


def windows():
    """All are linear, or linear in pieces: their second gradients are zero."""
    lengths = {1: (7,), 2: (5, 7), 3: (5, 4, 6)}
    sizes = {1: (3,), 2: (3, 2), 3: (3, 2, 2)}
    strides = {1: (2,), 2: (2, 3), 3: (2, 1, 2)}
    maxima, means = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}, {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}
    for n in (1, 2, 3):
        batch = 1 if n == 3 else 2
        x = leaf(batch, *lengths[n], 3)
        check(f"max_pool{n}d", last_axis(maxima[n](first_axis(x), sizes[n], strides[n], 1)), second=False, x=x)
        x = leaf(batch, *lengths[n], 3)
        y = means[n](first_axis(x), sizes[n], strides[n], 1, count_include_pad=False)
        check(f"avg_pool{n}d", last_axis(y), second=False, x=x)
        factors = (3, 2, 2)[:n]
        for mode, theirs in (("nearest", "nearest"), ("linear", {1: "linear", 2: "bilinear", 3: "trilinear"}[n])):
            x = leaf(batch, *[l - 2 for l in lengths[n]], 2)
            options = {} if mode == "nearest" else {"align_corners": False}
            check(f"up_sample{n}d.{mode}", last_axis(
                F.interpolate(first_axis(x), scale_factor=tuple(map(float, factors)), mode=theirs, **options)), second=False, x=x)
        for mode in ("constant", "reflect", "replicate", "circular"):
            x = leaf(batch, *[l - 1 for l in lengths[n]], 2)
            widths = ((2, 1), (0, 2), (1, 2))[:n]
            flat = [w for pair in reversed(widths) for w in pair]
            check(f"pad{n}d.{mode}", last_axis(F.pad(first_axis(x), flat, mode=mode)), second=False, x=x)


def convolutions():
    x, kernel, bias = leaf(2, 6, 7, 3), leaf(3, 2, 3, 4), leaf(4)
    y = F.conv2d(F.pad(first_axis(x), (2, 1, 2, 1)), kernel.permute(3, 2, 0, 1), bias, stride=(2, 1), dilation=(1, 2))
    check("conv2d.padded", last_axis(y), x=x, kernel=kernel, bias=bias)
    # PyTorch's padding 1 with output padding 1.
    x, kernel, bias = leaf(2, 3, 4, 4), leaf(3, 3, 2, 4), leaf(2)
    y = F.conv_transpose2d(first_axis(x), kernel.permute(3, 2, 0, 1), bias, stride=2, padding=1, output_padding=1)
    check("conv_transpose2d.output_padding", last_axis(y), x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(2, 9, 3), leaf(4, 3, 2), leaf(2)
    y = F.conv1d(F.pad(first_axis(x), (2, 1)), kernel.permute(2, 1, 0), bias, stride=2)
    check("conv1d.strided", last_axis(y), x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(2, 5, 3), leaf(4, 2, 3), leaf(2)
    y = F.conv_transpose1d(first_axis(x), kernel.permute(2, 1, 0), bias, stride=3, dilation=2)
    check("conv_transpose1d", last_axis(y), x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(1, 3, 2, 3, 2), leaf(3, 2, 2, 2, 2), leaf(2)
    y = F.conv_transpose3d(
        first_axis(x), kernel.permute(4, 3, 0, 1, 2), bias, stride=(2, 1, 2), padding=1)
    check("conv_transpose3d", last_axis(y), x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(1, 5, 4, 4, 2), leaf(2, 3, 2, 2, 3), leaf(3)
    y = F.conv3d(first_axis(x), kernel.permute(4, 3, 0, 1, 2), bias, stride=(2, 1, 2), dilation=(1, 1, 2))
    check("conv3d.strided", last_axis(y), x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(2, 7, 6, 3), leaf(3, 3, 3, 2), leaf(6)
    y = F.conv2d(first_axis(x), kernel.permute(2, 3, 0, 1).reshape(6, 1, 3, 3), bias, stride=2, dilation=2, groups=3)
    check("depthwise_conv2d.strided", last_axis(y), x=x, kernel=kernel, bias=bias)


def norms():
    x, gain, bias = leaf(3, 2, 2, 4), leaf(4), leaf(4)
    y = F.batch_norm(first_axis(x), torch.zeros(4), torch.ones(4), gain, bias, training=True, eps=1e-3)
    check("batch_norm", last_axis(y), x=x, gain=gain, bias=bias)
    x, gain, bias = leaf(3, 5, 6), leaf(6), leaf(6)
    check("layer_norm", F.layer_norm(x, (6,), gain, bias, 1e-5), x=x, gain=gain, bias=bias)
    x, gain = leaf(3, 4, 6), leaf(6)
    check("rms_norm", F.rms_norm(x, (6,), gain, 1e-6), x=x, gain=gain)
    for name, groups in (("group_norm", 2), ("instance_norm", 6)):
        x, gain, bias = leaf(2, 3, 2, 6), leaf(6), leaf(6)
        check(name, last_axis(F.group_norm(first_axis(x), groups, gain, bias, 1e-5)), x=x, gain=gain, bias=bias)
    # The vectors stay as they are outside of training, and gradients go through σ by the kernel alone.
    for name, shape in (("spectral_norm.dense", (5, 3)), ("spectral_norm.conv2d", (3, 2, 2, 4))):
        x, kernel = leaf(*((4, 5) if len(shape) == 2 else (1, 4, 3, 2))), leaf(*shape)
        matrix = kernel.reshape(-1, shape[-1])
        u, v = torch.randn(shape[-1]), None
        u = u / (u.norm() + 1e-12)
        v = (matrix @ u).detach()
        v = v / (v.norm() + 1e-12)
        scaled = kernel / (v @ matrix @ u)
        y = x @ scaled if len(shape) == 2 else last_axis(F.conv2d(first_axis(x), scaled.permute(3, 2, 0, 1), padding="valid"))
        check(name, y, **{"x": x, "layer.kernel": kernel})
        keep(name, vector=u)


def recurrent():
    for kind, gates in (("rnn", 1), ("lstm", 4), ("gru", 3)):
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](3, 5, batch_first=True, bidirectional=True)
        x, leaves, parameters = leaf(2, 4, 3), {}, {}
        for side, suffix in (("forward", ""), ("backward", "_reverse")):
            kernel, inner, bias = leaf(3, gates * 5), leaf(5, gates * 5, scale=0.4), leaf(gates * 5)
            leaves |= {f"{side}.kernel": kernel, f"{side}.recurrent_kernel": inner, f"{side}.bias": bias}
            parameters |= {
                f"weight_ih_l0{suffix}": kernel.T, f"weight_hh_l0{suffix}": inner.T, f"bias_ih_l0{suffix}": bias,
                f"bias_hh_l0{suffix}": torch.zeros(gates * 5)}
            if kind == "gru":
                candidate = leaf(5)
                leaves[f"{side}.candidate_bias"] = candidate
                parameters[f"bias_hh_l0{suffix}"] = torch.cat([torch.zeros(10), candidate])
        y, _ = torch.func.functional_call(layer, parameters, (x,))
        check(f"bidirectional.{kind}", y, x=x, **leaves)
    # Keras's LSTM(activation="relu"): candidate and output change, gates do not.
    x, kernel, inner, bias = leaf(2, 4, 3), leaf(3, 20), leaf(5, 20, scale=0.4), leaf(20)
    h = c = torch.zeros(2, 5)
    outputs = []
    for t in range(4):
        i, f, g, o = (x[:, t] @ kernel + h @ inner + bias).chunk(4, -1)
        c = f.sigmoid() * c + i.sigmoid() * g.relu()
        h = o.sigmoid() * c.relu()
        outputs.append(h)
    check("lstm.relu", torch.stack(outputs, 1), x=x, kernel=kernel, recurrent_kernel=inner, bias=bias)


def attention(prefix, batch=2, queries=3, keys=5, heads=2, size=4, features=6):
    """Queries of one sequence look at another, with a mask; projections as nn.MultiheadAttention has them."""
    width = heads * size
    x, context = leaf(batch, queries, width), leaf(batch, keys, features)
    kernel, bias = leaf(width, width), leaf(width)
    context_kernel, context_bias = leaf(features, 2 * width), leaf(2 * width)
    output_kernel, output_bias = leaf(width, width), leaf(width)
    mask = torch.rand(batch, 1, queries, keys) > 0.3
    mask[..., 0] = True
    inner = lambda u: u.view(batch, -1, heads, size).transpose(1, 2)
    k, v = map(inner, (context @ context_kernel + context_bias).split(width, 2))
    with sdpa_kernel(SDPBackend.MATH):
        y = F.scaled_dot_product_attention(inner(x @ kernel + bias), k, v, attn_mask=mask)
    y = y.transpose(1, 2).reshape(batch, queries, width) @ output_kernel + output_bias
    check(
        prefix, y, x=x, context=context, kernel=kernel, bias=bias, context_kernel=context_kernel, context_bias=context_bias,
        output_kernel=output_kernel, output_bias=output_bias)
    keep(prefix, mask=mask)


def decoder(prefix, norm_first, size=6, heads=2):
    """nn.TransformerDecoderLayer, whose target is causal."""
    layer = nn.TransformerDecoderLayer(size, heads, 4 * size, 0.0, "gelu", batch_first=True, norm_first=norm_first)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5)
    x, context = leaf(2, 3, size), leaf(2, 4, size)
    y = layer(x, context, tgt_mask=nn.Transformer.generate_square_subsequent_mask(3), tgt_is_causal=True)
    weighting = torch.randn_like(y)
    (y * weighting).sum().backward()
    keep(prefix, y=y, y_gradient=weighting, x=x, context=context, x_gradient=x.grad, context_gradient=context.grad)
    names = {
        "self_attn.in_proj_weight": "attention.kernel", "self_attn.in_proj_bias": "attention.bias",
        "self_attn.out_proj.weight": "attention.output_kernel", "self_attn.out_proj.bias": "attention.output_bias",
        "multihead_attn.out_proj.weight": "cross_attention.output_kernel",
        "multihead_attn.out_proj.bias": "cross_attention.output_bias",
        "linear1.weight": "up.kernel", "linear1.bias": "up.bias", "linear2.weight": "down.kernel", "linear2.bias": "down.bias"}
    names |= {f"norm{n}.weight": f"norm{n}.gain" for n in (1, 2, 3)} | {f"norm{n}.bias": f"norm{n}.bias" for n in (1, 2, 3)}
    for name, parameter in layer.named_parameters():
        turn = (lambda t: t.T) if parameter.dim() == 2 else (lambda t: t)
        if name in names:
            keep(prefix, **{names[name]: turn(parameter), f"{names[name]}_gradient": turn(parameter.grad)})
            continue
        ending = "kernel" if name.endswith("weight") else "bias"
        for part, start, end in ((ending, 0, size), (f"context_{ending}", size, 3 * size)):
            keep(prefix, **{
                f"cross_attention.{part}": turn(parameter[start:end]),
                f"cross_attention.{part}_gradient": turn(parameter.grad[start:end])})


def positions():
    x = leaf(2, 5, 3, 8)
    angles = (torch.arange(5)[:, None] + 2) / 10_000 ** (torch.arange(0, 8, 2) / 8)
    double = torch.cat([angles, angles], -1)[None]
    y, _ = apply_rotary_pos_emb(x, x, double.cos(), double.sin(), unsqueeze_dim=2)
    check("rotary", y, x=x)


def graphs(nodes=5, features=3, heads=2, units=4):
    joined = (torch.rand(nodes, nodes) > 0.5).triu(1).double()
    adjacency = joined + joined.T
    # Kipf and Welling's equation 2.
    x, kernel, bias = leaf(nodes, features), leaf(features, units), leaf(units)
    looped = adjacency + torch.eye(nodes)
    scale = torch.diag(looped.sum(1) ** -0.5)
    check("gcn", scale @ looped @ scale @ x @ kernel + bias, **{"x": x, "linear.kernel": kernel, "linear.bias": bias})
    keep("gcn", adjacency=adjacency)
    # Veličković's equations 3 to 5, node by node.
    x, kernel, a, bias = leaf(nodes, features), leaf(features, heads * units), leaf(2, heads, units), leaf(heads * units)
    h = (x @ kernel).view(nodes, heads, units)
    rows = []
    for i in range(nodes):
        near = [j for j in range(nodes) if looped[i, j] > 0]
        parts = []
        for k in range(heads):
            e = torch.stack([F.leaky_relu(torch.cat([a[0, k], a[1, k]]) @ torch.cat([h[i, k], h[j, k]]), 0.2) for j in near])
            parts.append(e.softmax(0) @ h[near, k])
        rows.append(torch.cat(parts))
    check("gat", torch.stack(rows) + bias, x=x, kernel=kernel, attention=a, bias=bias)
    keep("gat", adjacency=adjacency)


def penalty():
    """Gulrajani's gradient penalty of a small critic: conv2d, leaky relu, layer norm, dense."""
    x = torch.randn(3, 5, 4, 2)
    kernel, bias, gain, shift, last = leaf(3, 3, 2, 4), leaf(4), leaf(4), leaf(4), leaf(3 * 2 * 4, 1)
    points = x.clone().requires_grad_()
    h = F.conv2d(F.pad(first_axis(points), (0, 1, 1, 1)), kernel.permute(3, 2, 0, 1), bias, stride=2)
    h = F.layer_norm(last_axis(F.leaky_relu(h, 0.2)), (4,), gain, shift, 1e-5)
    score = h.reshape(3, -1) @ last
    slopes, = torch.autograd.grad(score.sum(), points, create_graph=True)
    y = 10 * (slopes.reshape(3, -1).norm(dim=1) - 1).square().mean()
    leaves = {"0.kernel": kernel, "0.bias": bias, "2.gain": gain, "2.bias": shift, "4.kernel": last}
    found = torch.autograd.grad(y, list(leaves.values()), allow_unused=True)
    keep("penalty", x=x, y=y, **leaves)
    keep("penalty", **{
        f"{name}_gradient": torch.zeros_like(t) if g is None else g for (name, t), g in zip(leaves.items(), found)})


activations()
losses()
windows()
convolutions()
norms()
recurrent()
attention("cross_attention")
decoder("decoder.norm_first", True)
decoder("decoder.norm_last", False)
positions()
graphs()
penalty()

save("layers", torch=torch.__version__)
