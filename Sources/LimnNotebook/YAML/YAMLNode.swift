/// A part of a YAML text as it was composed, before scalars are read as numbers or bools.
struct YAMLNode {
  /// A place in the text. Lines and columns count from 1; columns in Unicode scalars, as libyaml does.
  struct Place: Hashable {
    var line: Int
    var column: Int
  }

  struct Scalar {
    let text: String
    /// Without quotes.
    let isPlain: Bool
    /// Whether the text says that it is a string: by quotes, or by the tag `!!str`.
    let isString: Bool
  }

  enum Content {
    case scalar(Scalar)
    case list([YAMLNode])
    /// In the order of the text.
    case map([(key: YAMLNode, value: YAMLNode)])
  }

  let content: Content
  let place: Place

  var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
}
