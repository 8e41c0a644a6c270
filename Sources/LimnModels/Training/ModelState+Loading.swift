import LimnTensor

extension ModelState {
  /// Takes everything from a file that ``save(to:)`` has written, or, for models alone, any safetensors file with the
  /// right names.
  ///
  /// Layers that have not been called get their shape from the file. What is in the file and belongs to models or
  /// optimizers that are not in this state is left alone. ``loops``,
  /// ``tensors`` and ``metadata`` are replaced by the file's.
  ///
  /// - Throws: `checkpoint-mismatch`, listing all names that are missing, unexpected, or of another shape; what
  ///   ``Safetensors`` throws. Then nothing has changed.
  public mutating func load(from path: String) throws {
    var loading = CheckpointLoading(try Safetensors(path), path)
    for (name, contents) in models { try loading.plan(contents, as: name) }
    for (name, optimizer) in optimizers { try loading.plan(optimizer, as: name) }
    if let random { loading.plan(random) }
    try loading.requireFit(models: models.map(\.name))
    let extras = try loading.extras()
    for action in loading.actions { action() }
    loops = loading.loops
    tensors = extras
    metadata = loading.file.metadata.filter { !$0.key.hasPrefix(CheckpointName.reserved) }
  }
}

/// Compares a file with what is to be loaded, and gathers what to do if all of it fits.
struct CheckpointLoading {
  let file: Safetensors
  let path: String
  /// Everything that is done once nothing can fail any more.
  var actions: [() -> Void] = []

  let entries: [String: Safetensors.Entry]
  /// Names of tensors that something has asked for.
  var used: Set<String> = []
  var mismatch = CheckpointMismatch()
  /// What weights and statistics will hold.
  private(set) var planned: [ObjectIdentifier: Tensor] = [:]

  init(_ file: Safetensors, _ path: String) {
    self.file = file
    self.path = path
    entries = Dictionary(file.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether ``ModelState/save(to:)`` has written the file. Others have weights alone.
  private var isComplete: Bool { file.metadata[CheckpointName.format] != nil }

  func has(_ note: String) -> Bool { file.metadata[note] != nil }
}

// MARK: - Models

extension CheckpointLoading {
  mutating func plan(_ contents: ModelContents, as name: String) throws {
    for (path, weight) in contents.weights {
      let full = ModelContents.join(name, path)
      let present = weight.isShaped ? weight.value : nil
      guard let tensor = try take(full, like: present, mayBeEmpty: present == nil) else { continue }
      planned[ObjectIdentifier(weight)] = tensor
      actions.append { weight.value = tensor }
    }
    for (path, statistic) in contents.statistics {
      let full = ModelContents.join(name, path)
      guard let tensor = try take(full, like: statistic.value, mayBeEmpty: statistic.value == nil) else { continue }
      planned[ObjectIdentifier(statistic)] = tensor
      actions.append { statistic.value = tensor }
    }
    for (path, field) in contents.fields { try plan(field, at: ModelContents.join(name, path)) }
    for (path, layer) in contents.layers { plan(layer, at: ModelContents.join(name, path)) }
  }

  /// A tensor for a weight or statistic; nil when there is none, or it does not fit.
  private mutating func take(_ name: String, like present: Tensor?, mayBeEmpty: Bool) throws -> Tensor? {
    guard let entry = entries[name] else {
      if !(mayBeEmpty && has(CheckpointName.empty(name))) { mismatch.missing.append(name) }
      return nil
    }
    used.insert(name)
    if let present {
      guard entry.shape == Array(present.shape) else {
        mismatch.misshapen.append("\(name) is \(entry.shape) in the file, and \(present.shape) in the model")
        return nil
      }
      guard entry.type.dtype == present.dtype else {
        mismatch.misshapen.append("\(name) is \(entry.type.dtype) in the file, and \(present.dtype) in the model")
        return nil
      }
    }
    return try read(name)
  }

  /// A tensor with memory of its own: a weight must not change when its file does.
  func read(_ name: String) throws -> Tensor { try file.tensor(name).copied() }

  private mutating func plan(_ field: ModelContents.Field, at name: String) throws {
    guard entries[name] != nil else {
      // A field may have been empty when the file was written.
      if field.read() != nil, !isComplete { mismatch.missing.append(name) }
      return
    }
    used.insert(name)
    let tensor = try read(name)
    let isWeight = isComplete && !has(CheckpointName.field(name))
    actions.append { field.write(tensor, isWeight) }
  }

  /// Checks the shapes that a layer would get, and takes its random stream.
  private mutating func plan(_ layer: any Layer, at name: String) {
    var shapes: [String: Shape] = [:]
    for (own, weight) in layer.ownWeights { shapes[own] = planned[ObjectIdentifier(weight)]?.shape }
    for (own, statistic) in layer.ownStatistics { shapes[own] = planned[ObjectIdentifier(statistic)]?.shape }
    let patterns = layer.shapePatterns(beside: shapes)
    for (own, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      guard let pattern = patterns[own], !Self.fits(shape, pattern) else { continue }
      let wanted = pattern.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
      mismatch.misshapen.append(
        "\(ModelContents.join(name, own)) is \(shape) in the file, and \(layer.description) wants [\(wanted)]")
    }
    if !shapes.isEmpty {
      let origin = "from \(path)"
      actions.append { layer.shapeOrigin = origin }
    }
    guard let stream = layer.stream, isComplete else { return }
    guard let state = file.metadata[CheckpointName.stream(name)].flatMap(RandomSource.State.init(text:)) else {
      mismatch.missing.append("the random numbers of \(name.isEmpty ? layer.name : name)")
      return
    }
    actions.append { stream.state = state }
  }

  private static func fits(_ shape: Shape, _ pattern: ShapePattern) -> Bool {
    shape.count == pattern.count && zip(shape, pattern).allSatisfy { $1 == nil || $0 == $1 }
  }
}

// MARK: - The rest

extension CheckpointLoading {
  mutating func plan(_ random: RandomSource) {
    guard let state = file.metadata[CheckpointName.session].flatMap(RandomSource.State.init(text:)) else {
      mismatch.missing.append("the session's random numbers")
      return
    }
    actions.append { random.state = state }
  }

  /// Makes sure that nothing is missing or left over.
  ///
  /// - Throws: `checkpoint-mismatch`.
  mutating func requireFit(models: [String]) throws {
    for name in entries.keys.sorted() where !used.contains(name) && !name.hasPrefix(CheckpointName.reserved) {
      let belongs = models.contains { $0.isEmpty || name == $0 || name.hasPrefix($0 + ".") }
      if belongs && !has(CheckpointName.extra(name)) { mismatch.unexpected.append(name) }
    }
    guard mismatch.isEmpty else { throw mismatch.error(path) }
  }

  /// Where loops over batches stood.
  var loops: [String: Batches.State] {
    let notes = file.metadata.filter { $0.key.hasPrefix(CheckpointName.loops) }
    let states = notes.map { ($0.key.dropFirst(CheckpointName.loops.count), Batches.State(text: $0.value)) }
    return Dictionary(states.compactMap { name, state in state.map { (String(name), $0) } }) { first, _ in first }
  }

  /// The tensors that belong to no model.
  func extras() throws -> [String: Tensor] {
    var extras: [String: Tensor] = [:]
    for name in entries.keys where has(CheckpointName.extra(name)) { extras[name] = try read(name) }
    return extras
  }
}
