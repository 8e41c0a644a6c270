"""Writes Tests/Fixtures/sequence.safetensors: recurrent layers, attention, norms, losses as PyTorch computes them.

Made with torch 2.13.0 and safetensors 0.5 or later, in float64 so that formulas can be compared to many digits.
Layouts are Limn's: sequences [batch, time, features], kernels [in, out], gates of an LSTM i, f, g, o, of a GRU r, z, n.

Run: python3 Tests/Peers/sequence_fixtures.py
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from gradient_fixtures import gradients, keep, leaf, save

torch.manual_seed(21)


def recurrent(prefix, kind, gates, inputs=3, units=5, batch=4, time=6):
    layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](inputs, units, batch_first=True)
    kernel, recurrent_kernel, bias = leaf(inputs, gates * units), leaf(units, gates * units, scale=0.4), leaf(gates * units)
    parameters = {
        "weight_ih_l0": kernel.T, "weight_hh_l0": recurrent_kernel.T, "bias_ih_l0": bias,
        "bias_hh_l0": torch.zeros(gates * units)}
    leaves = dict(kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias)
    if kind == "gru":
        candidate = leaf(units)
        parameters["bias_hh_l0"] = torch.cat([torch.zeros(2 * units), candidate])
        leaves["candidate_bias"] = candidate
    x = leaf(batch, time, inputs)
    y, _ = torch.func.functional_call(layer, parameters, (x,))
    gradients(prefix, y, x=x, **leaves)


def attention(prefix, heads=2, features=6, batch=2, time=5):
    """One projection for queries, keys and values, as nn.MultiheadAttention has it."""
    kernel, bias = leaf(features, 3 * features), leaf(3 * features)
    output_kernel, output_bias = leaf(features, features), leaf(features)
    x = leaf(batch, time, features)
    parts = [u.view(batch, time, heads, -1).transpose(1, 2) for u in (x @ kernel + bias).split(features, 2)]
    y = F.scaled_dot_product_attention(*parts, is_causal=True).transpose(1, 2).reshape(batch, time, features)
    gradients(
        prefix, y @ output_kernel + output_bias, x=x, kernel=kernel, bias=bias, output_kernel=output_kernel,
        output_bias=output_bias)


def scaled_attention(prefix, batch=2, queries=4, keys=7, heads=3, size=5):
    query, key, value = leaf(batch, queries, heads, size), leaf(batch, keys, heads, size), leaf(batch, keys, heads, 4)
    mask = torch.randn(batch, 1, queries, keys)
    mask[:, :, :, 3] = -torch.inf
    y = F.scaled_dot_product_attention(*(u.transpose(1, 2) for u in (query, key, value)), attn_mask=mask)
    gradients(prefix, y.transpose(1, 2), query=query, key=key, value=value)
    keep(prefix, mask=mask)


def block(prefix, size=8, heads=2, batch=2, time=4):
    """nn.TransformerEncoderLayer with the norms first."""
    layer = nn.TransformerEncoderLayer(size, heads, 4 * size, 0.0, "gelu", batch_first=True, norm_first=True)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5)
    x = leaf(batch, time, size)
    y = layer(x)
    gradients(prefix, y, x=x)
    names = {
        "self_attn.in_proj_weight": "attention.kernel", "self_attn.in_proj_bias": "attention.bias",
        "self_attn.out_proj.weight": "attention.output_kernel", "self_attn.out_proj.bias": "attention.output_bias",
        "linear1.weight": "up.kernel", "linear1.bias": "up.bias", "linear2.weight": "down.kernel",
        "linear2.bias": "down.bias", "norm1.weight": "norm1.gain", "norm1.bias": "norm1.bias",
        "norm2.weight": "norm2.gain", "norm2.bias": "norm2.bias"}
    for name, parameter in layer.named_parameters():
        turn = (lambda t: t.T) if parameter.dim() == 2 else (lambda t: t)
        keep(prefix, **{names[name]: turn(parameter), f"{names[name]}_gradient": turn(parameter.grad)})


def norms():
    x, gain = leaf(3, 4, 6), leaf(6)
    gradients("rms_norm", F.rms_norm(x, (6,), gain, 1e-6), x=x, gain=gain)
    for name, groups in (("group_norm", 2), ("instance_norm", 6)):
        x, gain, bias = leaf(2, 3, 4, 6), leaf(6), leaf(6)
        y = F.group_norm(x.permute(0, 3, 1, 2), groups, gain, bias, 1e-5).permute(0, 2, 3, 1)
        gradients(name, y, x=x, gain=gain, bias=bias)


def losses():
    x, target, variance = leaf(4, 3), torch.randn(4, 3), leaf(4, 3)
    y = F.gaussian_nll_loss(x, target, variance.square() + 0.1)
    gradients("gaussian_nll", y, x=x, variance=variance)
    keep("gaussian_nll", target=target)


def convolutions():
    x, kernel, bias = leaf(2, 9, 3), leaf(4, 3, 5), leaf(5)
    y = F.conv1d(F.pad(x.transpose(1, 2), (3, 0)), kernel.permute(2, 1, 0), bias).transpose(1, 2)
    gradients("conv1d", y, x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(2, 4, 5, 6, 2), leaf(3, 3, 3, 2, 3), leaf(3)
    y = F.conv3d(x.permute(0, 4, 1, 2, 3), kernel.permute(4, 3, 0, 1, 2), bias, padding=1).permute(0, 2, 3, 4, 1)
    gradients("conv3d", y, x=x, kernel=kernel, bias=bias)
    x, kernel, bias = leaf(2, 5, 6, 3), leaf(3, 3, 3, 2), leaf(6)
    y = F.conv2d(x.permute(0, 3, 1, 2), kernel.permute(2, 3, 0, 1).reshape(6, 1, 3, 3), bias, padding=1, groups=3)
    gradients("depthwise_conv2d", y.permute(0, 2, 3, 1), x=x, kernel=kernel, bias=bias)


def algebra():
    x, b = leaf(2, 4, 4), leaf(2, 4, 3)
    gradients("solve", torch.linalg.solve(x, b), x=x, b=b)
    x = leaf(2, 4, 4)
    gradients("inverse", torch.linalg.inv(x), x=x)
    x = leaf(2, 4, 4)
    gradients("det", torch.linalg.det(x), x=x)
    x = leaf(4, 4)
    gradients("cholesky", torch.linalg.cholesky(x @ x.T + torch.eye(4)), x=x)
    x = leaf(4, 4)
    values, vectors = torch.linalg.eigh(x + x.T)
    gradients("eigh", torch.cat([values, (vectors ** 2).flatten()]), x=x)
    x = leaf(5, 3)
    u, s, v = torch.linalg.svd(x, full_matrices=False)
    gradients("svd", torch.cat([s, ((u[:, :1] * v[:1]) ** 2).flatten()]), x=x)
    x = leaf(5, 3)
    q, r = torch.linalg.qr(x)
    signs = r.diagonal().sign()
    gradients("qr", torch.cat([(q * signs).flatten(), (r.T * signs).T.flatten()]), x=x)
    x, b = leaf(5, 3), leaf(5, 2)
    gradients("lstsq", torch.linalg.lstsq(x, b).solution, x=x, b=b)


recurrent("rnn", "rnn", 1)
recurrent("lstm", "lstm", 4)
recurrent("gru", "gru", 3)
attention("attention")
scaled_attention("scaled_attention")
block("block")
norms()
losses()
convolutions()
algebra()

save("sequence")
