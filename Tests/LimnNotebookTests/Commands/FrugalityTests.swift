import Foundation
import LimnTestSupport
import Testing

/// What long programs may cost. Each runs in a process of its own, where nothing else takes memory, and on one thread: how
/// many kernels' buffers two threads use at once is left to chance, and shows when it first happens.
@Suite struct FrugalityTests {
  private func run(_ program: String, threads: Int = 1, addressSpace: Int? = nil) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write("main.limn", program)
    let result = try Command(
      ["run", "--threads", "\(threads)", "main.limn"], in: folder, addressSpace: addressSpace
    ).finish()
    #expect(result.exitCode == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("the memory of a training loop is flat over 10,000 steps")
  func trainingLoop() throws {
    let lines = try run(
      """
      import files
      let net = conv2d(4, kernel: 3, activation: "relu") >> batch_norm() >> dropout(0.1) >> flatten >> dense(1)
      let x = randn(4, 6, 6, 1)
      let opt = adam(net, lr: 1e-4)
      # Pages of four kilobytes: the second number of the line.
      fn resident() { int(files.read_text("/proc/self/statm").split(" ")[1]) * 4096 }
      var before = nil
      for step in 1...10000 {
        let loss, score = minimize(opt) {
          let scores = net(x)
          return bce(scores, 1), scores.mean()
        }
        if step % 1000 == 0 {
          let now = [memory().live, memory().cached, memory().peak, resident()]
          if step == 1000 { before = now }
          if step == 10000 { for a, b in zip(now, before) { print(a - b) } }
        }
      }
      """)
    let growth = lines.compactMap { Int($0) }
    try #require(growth.count == 4)
    #expect(growth[0] == 0, "live")
    #expect(growth[1] == 0, "cached")
    #expect(growth[2] == 0, "peak")
    // Some hundred bytes a step would be more.
    #expect(growth[3] < 1 << 20, "resident")
  }

  @Test("chains of 100,000 operations build, differentiate, and free without deep recursion")
  func chains() throws {
    let lines = try run(
      """
      fn chain(x) {
        var y = x
        for i in 0..<100000 { y = y * 1.00001 }
        y
      }
      print("\\(grad(chain, tensor(1.0, dtype: "float64")).item():.9f)")
      var f = x => x
      for i in 0..<100000 { f = [f] }
      f = nil
      let w = weight(ones(1))
      minimize(sgd([w], lr: 0.1)) { sum(chain(w.value)) }
      print("\\(w.value.item():.4f)")
      print(memory().live < 100000)
      """)
    // 1.00001 to the power of 100,000; in float32 the base is 1.0000100135803, and the power 2.72195.
    #expect(lines == ["2.718268237", "0.7278", "true"])
  }

  @Test("memory() counts what kernels need while they run")
  func scratch() throws {
    let lines = try run(
      """
      let x, k = randn(1, 64, 64, 64), randn(5, 5, 64, 64)
      let before = memory()
      let y = conv2d(64, kernel: 5)(x)
      let after = memory()
      # The output and the layer's weights, and beyond them what a convolution packs.
      let tensors = 4 * (64 * 64 * 64 + 5 * 5 * 64 * 64)
      print(after.peak - before.live > tensors * 1.2, after.cached > 100000)
      """)
    #expect(lines == ["true true"])
  }

  @Test("a kernel that gets no memory to work in is an error to catch, on one thread and on two", arguments: [1, 2])
  func exhaustion(threads: Int) throws {
    let lines = try run(
      """
      # Tensors, and layers that have their weights. Each result, or what it is made of, takes more than the megabyte
      # that is given back before the first attempt: where that lies side by side, it would do for less.
      let a, a64 = randn(600, 600), randn(400, 600).to("float64")
      let image, text, sequence = randn(4, 40, 40, 64), randn(12, 256, 128), randn(8, 64, 256)
      let convolution, norm = conv2d(64, kernel: 3), batch_norm()
      let recurrent, look = lstm(256), attention(4)
      convolution(image)
      norm(image)
      recurrent(sequence)
      look(text)
      a64.transpose() @ a64

      var kept = []
      fn attempt(name, work) {
        try { while true { kept.append(randn(300, 300)) } } catch e { assert e.kind == "out-of-memory" }
        kept = kept[:-3]
        # Some memory is given back after each failure, until there is enough.
        for failed in 0...400 {
          try {
            work()
            print(name, failed > 0)
            break
          } catch e {
            assert e.kind == "out-of-memory", e.message
            kept = kept[:-1]
          }
        }
      }
      attempt("product", () => a.transpose() @ a)
      attempt("float64", () => a64.transpose() @ a64[:, ::2])
      attempt("convolution", () => convolution(image))
      attempt("its gradient", () => grad(x => convolution(x).sum(), image))
      attempt("normalization", () => norm(image))
      attempt("recurrence", () => recurrent(sequence))
      attempt("attention", () => look(text))
      attempt("its gradient", () => grad(x => look(x).sum(), text))
      print("end", a.shape)
      """, threads: threads, addressSpace: 700 << 20)
    let names = [
      "product", "float64", "convolution", "its gradient", "normalization", "recurrence", "attention", "its gradient",
    ]
    // Each failed at first, and was done in the end.
    #expect(lines == names.map { "\($0) true" } + ["end [600, 600]"])
  }
}
