import LimnTensor

/// Everything that training rests on, by name: what a checkpoint holds.
///
/// Taken between two steps and loaded later, it lets training go on bit for bit as if it had never stopped.
///
/// ```swift
/// var state = ModelState()
/// state.add(generator.contents, as: "g")
/// state.add(optimizer, as: "g_opt")
/// state.random = session
/// try state.save(to: "gan.safetensors")
/// // later, with models made anew, perhaps not yet called
/// try state.load(from: "gan.safetensors")
/// ```
///
/// The file is a plain safetensors file. A weight stands under its path, after the model's name: `g.0.kernel`. What
/// belongs to training alone begins with `limn.`: moments among the tensors (`limn.optimizer.g_opt.0.kernel.mean`),
/// and in the file's notes counts and random keys.
public struct ModelState {
  var models: [(name: String, contents: ModelContents)] = []
  var optimizers: [(name: String, optimizer: Optimizer)] = []
  /// The session's source of random numbers.
  public var random: RandomSource?
  /// Where loops over batches stand.
  public var loops: [String: Batches.State] = [:]
  /// Whatever else is to be kept: averages, histories. Their names must not be those of weights.
  public var tensors: [String: Tensor] = [:]
  /// Notes. Their names must not begin with `limn.`.
  public var metadata: [String: String] = [:]

  public init() {}

  /// Adds a model. With an empty name its weights stand in the file under their paths alone.
  public mutating func add(_ contents: ModelContents, as name: String) { models.append((name, contents)) }

  /// Adds an optimizer: its count of steps, its learning rate if that is a number, and what it remembers of each
  /// weight.
  public mutating func add(_ optimizer: Optimizer, as name: String) { optimizers.append((name, optimizer)) }
}

extension TensorError.Code {
  /// A checkpoint does not fit the model that it is loaded into.
  public static let checkpointMismatch = Self("checkpoint-mismatch")
}

/// How things are called in a checkpoint.
enum CheckpointName {
  /// What begins so is no weight.
  static let reserved = "limn."
  /// The version of this way of naming.
  static let format = reserved + "format"
  static let session = reserved + "random"

  static func moment(_ optimizer: String, _ path: String, _ moment: String) -> String {
    "\(moments(optimizer))\(path).\(moment)"
  }

  /// What the moments of an optimizer begin with.
  static func moments(_ optimizer: String) -> String { "\(reserved)optimizer.\(optimizer)." }
  static func rule(_ optimizer: String) -> String { "\(reserved)rule.\(optimizer)" }
  static func step(_ optimizer: String) -> String { "\(reserved)step.\(optimizer)" }
  static func learningRate(_ optimizer: String) -> String { "\(reserved)lr.\(optimizer)" }
  static func updates(_ optimizer: String, _ path: String) -> String { "\(reserved)updates.\(optimizer).\(path)" }
  /// What the note of a loop over batches begins with.
  static let loops = reserved + "loop."
  static func stream(_ layer: String) -> String { "\(reserved)stream.\(layer)" }
  /// Marks a weight or statistic that has no value yet.
  static func empty(_ path: String) -> String { "\(reserved)empty.\(path)" }
  /// Marks a tensor that is a plain field of a model.
  static func field(_ path: String) -> String { "\(reserved)field.\(path)" }
  /// Marks a tensor that belongs to no model.
  static func extra(_ name: String) -> String { "\(reserved)extra.\(name)" }
}

extension RandomSource.State {
  /// The state in a file's notes: key and position.
  var text: String { "\(key) \(position)" }

  /// Nil for a text that ``text`` has not made.
  init?(text: String) {
    let numbers = text.split(separator: " ").map { UInt64($0) }
    guard numbers.count == 2, let key = numbers[0], let position = numbers[1] else { return nil }
    self.init(key: key, position: position)
  }
}

extension Batches.State {
  /// The state in a file's notes: batches given, then the permutation's key and position, if there is one.
  var text: String { "\(batch)" + (permutation.map { " \($0.text)" } ?? "") }

  /// Nil for a text that ``text`` has not made.
  init?(text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let first = parts.first, let batch = Int(first), batch >= 0 else { return nil }
    guard parts.count == 2 else {
      self.init(permutation: nil, batch: batch)
      return
    }
    guard let permutation = RandomSource.State(text: String(parts[1])) else { return nil }
    self.init(permutation: permutation, batch: batch)
  }
}
