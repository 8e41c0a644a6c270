import LimnLanguage
import LimnRuntime
import Testing

/// The binding table keeps its promises: each entry is documented, and each example runs and gives what it says.
@Suite struct ExampleTests {
  /// The runtime's own; those of the core library, which stand last, have tests beside it.
  private static var bindings: [Binding] { Session().interpreter.bindings.dropLast(CoreLibrary.bindings.count) }

  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var module: String?
    var text: String
    var testDescription: String { name }
  }

  static let examples = bindings.map { Example(name: $0.name, module: $0.module, text: $0.example) }

  /// A line that ends in a comment gives what the comment says. Lines before it are its setting.
  @Test(arguments: examples)
  func runsAndGivesWhatItSays(_ example: Example) throws {
    let session = try TestSession()
    if let module = example.module { try session.run("import \(module)") }
    var setting: [Substring] = []
    for line in example.text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let mark = line.range(of: "   # ") else {
        setting.append(line)
        continue
      }
      setting.append(line[..<mark.lowerBound])
      let result = try session.run(setting.joined(separator: "\n"))
      let expected = String(line[mark.upperBound...])
      let printed = session.printed.split(separator: "\n").last.map(String.init)
      let quoted = "\"\(result)\""
      #expect([result, quoted, printed].contains(expected), "\(line) gave \(result)")
      setting = []
    }
    if !setting.isEmpty { try session.run(setting.joined(separator: "\n")) }
  }

  @Test func isDocumented() {
    for binding in Self.bindings {
      #expect(binding.documentation.hasSuffix("."), "\(binding.name)")
      #expect(!binding.example.isEmpty, "\(binding.name)")
    }
  }

  /// What LANGUAGE, "The core library", promises of tensors and learning.
  @Test(arguments: [
    "tensor zeros ones full arange linspace eye rand randn randint permutation categorical one_hot",
    "sum mean var std min max prod argmax argmin norm any all",
    "reshape permute transpose concat stack split repeat gather where pad cumsum cumprod topk sort flatten",
    "to item list equal close exp log sqrt sin cos tan tanh abs round floor ceil clamp pow",
    "minimize grad weight weights no_grad training seed progress save load memory show",
    "dense conv2d conv_transpose2d batch_norm layer_norm embedding dropout relu leaky_relu sigmoid softmax",
    "bce mse mae huber kl cross_entropy sgd rmsprop adam adamw grid save_png read_png read_images",
  ])
  func everyPromisedNameIsThere(_ names: String) {
    let known = Set(Self.bindings.filter { $0.module == nil }.map(\.name))
    for name in names.split(separator: " ") { #expect(known.contains(String(name)), "\(name)") }
  }
}
