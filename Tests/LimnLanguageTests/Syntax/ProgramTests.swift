import Testing

@testable import LimnLanguage

@Suite struct ProgramTests {
  @Test func theLanguagePagesProgramParses() {
    let text = #"""
      # A comment runs to the end of the line.
      import data

      let images, labels = data.fashion_mnist(split: "train")   # [60000, 28, 28, 1] in [0, 1], int64 [60000]

      type Generator(noise = 100) {                 # parameters become fields
        let project = dense(7 * 7 * 256, bias: false)
        let norm1 = batch_norm()

        fn call(z) {                                # makes an instance callable
          z |> project |> relu |> reshape(-1, 7, 7, 256)
            |> norm1 |> relu
            |> tanh
        }
      }

      let g = Generator()
      let d = conv2d(64, kernel: 5, stride: 2) >> leaky_relu(0.2) >> dropout(0.3)
           >> flatten >> dense(1)                   # >> composes layers and functions
      let g_opt = adam(g, lr: 1e-4)
      var losses = []

      for batch in progress(data.batches(images * 2 - 1, size: 64)) {
        let g_loss, d_loss = minimize([g_opt, d_opt]) {
          let fake = g(randn(len(batch), g.noise))
          let on_fake, on_real = d(fake), d(batch)
          return bce(on_fake, 1), bce(on_real, 1) + bce(on_fake, 0)
        }
        losses.append(g_loss)
      }
      show(grid(g(randn(16, g.noise)), columns: 8, range: [-1, 1]))
      """#
    let (unit, diagnostics) = Parser.parse(Source(name: "page.limn", text: text))
    #expect(diagnostics.map(\.message) == [])
    #expect(unit.statements.count == 9)
    #expect(dump(text).contains("(for batch in (call progress (call (. data batches) (- (* images 2) 1) size:64))"))
    #expect(
      dump(text).contains("(|> (|> (|> (|> (|> (|> z project) relu) (call reshape (- 1) 7 7 256)) norm1) relu) tanh)"))
    #expect(dump(text).contains("(let g_loss d_loss = (call minimize [g_opt d_opt] { (let fake = "))
  }
}
