import LimnTensor

extension Initializer {
  /// The initializers that go by a name alone, with their default arguments.
  public static var named: [(name: String, initializer: Initializer)] {
    [
      ("zeros", zeros), ("ones", ones), ("normal", normal()), ("truncated_normal", truncatedNormal()),
      ("uniform", uniform()), ("glorot_uniform", glorotUniform), ("glorot_normal", glorotNormal),
      ("he_uniform", heUniform), ("he_normal", heNormal), ("lecun_uniform", lecunUniform),
      ("lecun_normal", lecunNormal), ("orthogonal", orthogonal()),
    ]
  }

  /// The initializer of that name.
  ///
  /// - Throws: `unknown-name`, with the nearest name.
  public init(named name: String) throws {
    let known = Self.named
    guard let found = known.first(where: { $0.name == name }) else {
      throw TensorError(
        .unknownName, "there is no initializer \"\(name)\"", operands: [.init(.named("initializer"), "not known")],
        notes: ["there are " + known.map(\.name).joined(separator: ", ")],
        help: Spelling.suggestion(for: name, among: known.map(\.name)))
    }
    self = found.initializer
  }
}
