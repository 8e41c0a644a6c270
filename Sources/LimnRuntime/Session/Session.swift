import LimnImage
import LimnLanguage
import LimnModels
import LimnTensor

/// One user's session: an interpreter with tensors, models, and pictures, its random numbers, and where its outputs go.
///
/// A REPL, a notebook's run, and a kernel each make one. Sessions share no state but the thread pool and cached memory.
///
///     let session = Session(.init(seed: 42))
///     session.output = { print($0, terminator: "") }
///     _ = try session.interpreter.evaluate(Source(name: "<input>", text: "print(randn(2, 3))"))
public final class Session {
  public struct Options: Sendable {
    /// Every random number of the session follows from it.
    public var seed: UInt64
    /// The folder at which paths in scripts start.
    public var folder: String

    /// Texts of modules that stand for what their files hold, or would hold, by their paths: `folder/NAME.limn`.
    package var openTexts: [String: String] = [:]

    public init(seed: UInt64 = 0, folder: String = ".") {
      self.seed = seed
      self.folder = folder
    }
  }

  public let options: Options
  /// The interpreter, with every binding of the runtime.
  public let interpreter: Interpreter
  private let reference: SessionReference

  /// Where printed text goes, line breaks included.
  public var output: (String) -> Void = { print($0, terminator: "") }
  /// Where what `show` is given goes, with the id of the display that it replaces.
  public var display: (Display, _ id: String?) throws -> Void = { _, _ in }
  /// Where loops under `progress` report to.
  public var progress: (ProgressEvent) -> Void = { _ in }
  /// What goes into the text chunks of PNG files that the program writes; nil for nothing.
  public var recipe: Recipe?
  /// Numbers the progress bars of the session.
  var progressCount = 0

  public init(_ options: Options = Options()) {
    self.options = options
    reference = SessionReference(random: RandomSource(seed: options.seed))
    let sections = Bindings.sections(in: reference)
    interpreter = Interpreter(
      bindings: sections.flatMap(\.bindings), constants: sections.flatMap(\.constants),
      loader: ModuleFiles(
        folder: options.folder, native: Set(sections.compactMap(\.module)), openTexts: options.openTexts))
    reference.session = self
    interpreter.output = { [unowned self] in output($0) }
    interpreter.display = { [unowned self] value, id in try display(presentation(of: value), id) }
  }

  /// Begins random numbers anew from the session's seed, as before its first draw.
  public func restartRandomNumbers() { reference.random = RandomSource(seed: options.seed) }

  /// Stops what runs, with the fault `interrupted`. Safe in a signal handler.
  public func interrupt() { interpreter.interruptSignal.interrupt() }

  /// A path as the user wrote it, from the session's folder.
  func resolve(_ path: String) -> String {
    path.hasPrefix("/") || options.folder == "." ? path : options.folder + "/" + path
  }
}

/// What a session's bindings hold of it. They are made before the session is, and must not keep it alive.
final class SessionReference {
  unowned(unsafe) var session: Session!
  /// Where random numbers and layers' keys are drawn from; `seed(n)` begins it anew.
  var random: RandomSource

  init(random: RandomSource) { self.random = random }
}
