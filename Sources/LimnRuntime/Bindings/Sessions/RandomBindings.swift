import LimnLanguage
import LimnTensor

/// Random numbers, from the session's seed: the same program draws the same numbers, whatever the number of threads.
enum RandomBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "rand", [.variadic("shape", .either([.int, .list]))],
        "Uniform random float32 numbers in [0, 1); the shape is ints or one list of them.",
        example: "rand(2, 3).shape   # [2, 3]"
      ) { call in .tensor(try session.random.uniform(call.shape(0))) },
      Binding(
        "randn", [.variadic("shape", .either([.int, .list]))],
        "Normal random float32 numbers with mean 0 and variance 1; the shape is ints or one list of them.",
        example: "randn(2, 3).shape   # [2, 3]"
      ) { call in .tensor(try session.random.normal(call.shape(0))) },
      Binding(
        "randint", [.required("low", .int), .required("high", .int), .variadic("shape", .either([.int, .list]))],
        "Uniform random int64 numbers from `low` up to and without `high`; the shape is ints or one list of them.",
        example: "randint(0, 6, 10).max().item() < 6   # true"
      ) { call in
        .tensor(try session.random.integers(call.shape(2), from: call.int(0), to: call.int(1)))
      },
      Binding(
        "permutation", [.required("n", .int)], "The ints from 0 up to and without `n` in random order, int64.",
        example: "sort(permutation(3)).list()   # [0, 1, 2]"
      ) { call in .tensor(try session.random.permutation(call.int(0))) },
      Binding(
        "categorical", receivers: [.tensor], [.required("logits", .tensor)],
        """
        A random class for each row, with probabilities `softmax(logits)`: `[..., classes]` gives int64 `[...]`.
        """, example: "categorical(tensor([[0.0, -inf], [-inf, 0.0]])).list()   # [0, 1]"
      ) { call in .tensor(try session.random.categorical(call.tensor(0))) },
      Binding(
        "seed", [.required("n", .int)], "Begins the session's random numbers anew from a seed.",
        example: "seed(1)\nlet a = rand(3)\nseed(1)\nequal(a, rand(3))   # true"
      ) { call in
        session.random = RandomSource(seed: UInt64(bitPattern: Int64(try call.int(0))))
        return .nil
      },
    ]
  }
}
