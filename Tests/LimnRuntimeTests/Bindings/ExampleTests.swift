import LimnLanguage
import LimnRuntime
import Testing

/// The manual keeps its promises: each entry is documented, and each example runs and gives what it says.
@Suite struct ExampleTests {
  private static let manual = Manual()

  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var module: String?
    var text: String
    var testDescription: String { name }
  }

  /// Of every binding, and of every function that the standard library's texts declare.
  static let examples = manual.pages.flatMap(\.entries).flatMap { entry in
    entry.forms.map { Example(name: $0.signature, module: entry.module, text: $0.example) }
  }

  /// A line that ends in a comment gives what the comment says. Lines before it are its setting.
  @Test(arguments: examples)
  func runsAndGivesWhatItSays(_ example: Example) throws {
    #expect(!example.text.isEmpty, "it has an example")
    do {
      let transcript = try ExampleTranscript(example.text, module: example.module)
      #expect(transcript.broken.isEmpty)
    } catch {
      Issue.record("\(error.diagnostics.map { DiagnosticRenderer().render($0) })")
    }
  }

  @Test func everythingIsDocumented() {
    for page in Self.manual.pages {
      #expect(page.summary.hasSuffix("."), "\(page.name)")
      for entry in page.constants + page.entries {
        for form in entry.forms { #expect(form.documentation.hasSuffix("."), "\(form.signature)") }
      }
    }
  }

  /// The table's every name is in the manual, with as many forms as there are bindings.
  @Test func everyBindingIsInTheManual() {
    let forms = Self.manual.pages.flatMap(\.entries).flatMap(\.forms)
    let written = Self.manual.pages.flatMap(\.entries).filter { entry in
      !Session().interpreter.bindings.contains { $0.name == entry.name && $0.module == entry.module }
    }
    #expect(forms.count == Session().interpreter.bindings.count + written.count)
  }

  /// What a module's text and its bindings both declared would be one hidden by the other.
  @Test func noNameIsInAModuleTwice() {
    let bindings = Session().interpreter.bindings
    for page in Self.manual.modulePages {
      for entry in page.entries {
        let count = bindings.count { $0.module == page.module && $0.name == entry.name }
        #expect(count == 0 || count == entry.forms.count, "\(entry.qualifiedName)")
      }
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
    let known = Set(Session().interpreter.bindings.filter { $0.module == nil }.map(\.name))
    for name in names.split(separator: " ") { #expect(known.contains(String(name)), "\(name)") }
  }
}
