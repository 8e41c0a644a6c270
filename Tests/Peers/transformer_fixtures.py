"""Writes Tests/Fixtures/transformer.safetensors: T5's relative positions and gated feed-forward networks, as Hugging Face's
transformers computes them, and gated units as PyTorch does.

Made with torch 2.13.0, transformers 5.24.0 and safetensors 0.5 or later, in float64. Layouts are Limn's: kernels [in, out]; a gated
layer's kernel holds the linear half first, the gate second.

Run: python3 Tests/Peers/transformer_fixtures.py
"""
import torch
import torch.nn.functional as F
from transformers import LlamaConfig, T5Config
from transformers.models.llama.modeling_llama import LlamaMLP
from transformers.models.t5.modeling_t5 import T5Attention, T5DenseGatedActDense

from gradient_fixtures import gradients, keep, leaf, save

torch.manual_seed(33)


def buckets():
    distances = torch.arange(-300, 301)
    keep("buckets", distances=distances)
    for name, arguments in {
        "encoder": (True, 32, 128), "decoder": (False, 32, 128), "small": (True, 8, 20), "back": (False, 6, 300),
    }.items():
        keep("buckets", **{name: T5Attention._relative_position_bucket(distances, *arguments)})


def relative_attention(prefix, heads=3, size=4, batch=2, time=7):
    """T5Attention's scores, without a scale, with its bias. A few buckets, so that each gets several distances."""
    config = T5Config(
        d_model=heads * size, d_kv=size, num_heads=heads, relative_attention_num_buckets=8,
        relative_attention_max_distance=5)
    layer = T5Attention(config, has_relative_attention_bias=True)
    weight = leaf(8, heads)
    query, key, value = (leaf(batch, time, heads, size) for _ in range(3))
    layer.relative_attention_bias.weight = torch.nn.Parameter(weight)
    table = layer.relative_attention_bias.weight
    bias = layer.compute_bias(time, time)
    y = F.scaled_dot_product_attention(
        *(u.transpose(1, 2) for u in (query, key, value)), attn_mask=bias, scale=1.0).transpose(1, 2)
    gradients(prefix, y, query=query, key=key, value=value, weight=table)
    keep(prefix, bias=bias)


def gated_units():
    for name, function in {
        "glu": torch.sigmoid, "reglu": torch.relu, "geglu": F.gelu, "geglu_tanh": lambda b: F.gelu(b, approximate="tanh"),
        "swiglu": F.silu,
    }.items():
        x = leaf(2, 3, 10)
        a, b = x.chunk(2, -1)
        y = a * function(b)
        if name == "glu":
            assert torch.equal(y, F.glu(x))
        gradients(name, y, x=x)
    x = leaf(2, 6, 3)
    gradients("glu_axis", F.glu(x, 1), x=x)


def networks(features=6, hidden=5):
    for prefix, layer, gate, linear, last in [
        ("t5_network", T5DenseGatedActDense(T5Config(
            d_model=features, d_ff=hidden, feed_forward_proj="gated-gelu", dropout_rate=0.0)), "wi_0", "wi_1", "wo"),
        ("llama_network", LlamaMLP(LlamaConfig(
            hidden_size=features, intermediate_size=hidden, hidden_act="silu", num_attention_heads=2)), "gate_proj", "up_proj", "down_proj"),
    ]:
        layer = layer.double()
        x = leaf(2, 3, features)
        names = dict(layer.named_parameters())
        y = layer(x)
        gradients(prefix, y, x=x)
        def both(get):
            return torch.cat([get(names[f"{linear}.weight"]).T, get(names[f"{gate}.weight"]).T], 1)
        keep(prefix, **{
            "0.kernel": both(lambda p: p), "0.kernel_gradient": both(lambda p: p.grad),
            "1.kernel": names[f"{last}.weight"].T, "1.kernel_gradient": names[f"{last}.weight"].grad.T})


buckets()
relative_attention("relative_attention")
gated_units()
networks()

save("transformer")
