import CYAML

/// Composes nodes of the events that libyaml finds in a text.
final class YAMLComposer {
  /// Why a text cannot be composed.
  struct Failure: Error {
    /// As a message goes on after `front matter`.
    let message: String
    /// Nil when libyaml has none.
    let place: YAMLNode.Place?
    var help: String?
  }

  /// As deep as lists and maps may stand in each other.
  private static let maximumDepth = 1000

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var anchors: [String: YAMLNode] = [:]
  private var depth = 0

  /// The root of a text with one document; nil when it holds none.
  ///
  /// - Throws: `Failure`.
  static func root(of text: String) throws -> YAMLNode? {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      let composer = try YAMLComposer()
      yaml_parser_set_encoding(composer.parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(composer.parser, bytes.baseAddress, bytes.count)
      return try composer.root()
    }
  }

  private init() throws {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else { throw Failure(message: "cannot be read as YAML", place: nil) }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  private func root() throws -> YAMLNode? {
    _ = try next()  // The stream's start.
    guard try next().type == YAML_DOCUMENT_START_EVENT else { return nil }
    let node = try node(from: next())
    _ = try next()  // The document's end.
    let event = try next()
    guard event.type == YAML_STREAM_END_EVENT else {
      throw fault("but found another document expected a single document in the stream", event.place)
    }
    return node
  }

  private func node(from event: Event) throws -> YAMLNode {
    let node: YAMLNode
    switch event.type {
    case YAML_ALIAS_EVENT:
      guard let node = event.anchor.flatMap({ anchors[$0] }) else { throw fault("found undefined alias", event.place) }
      return node
    case YAML_SEQUENCE_START_EVENT:
      node = YAMLNode(content: .list(try nested(event, until: YAML_SEQUENCE_END_EVENT) { $0 }), place: event.place)
    case YAML_MAPPING_START_EVENT:
      let pairs = try nested(event, until: YAML_MAPPING_END_EVENT) { key in (key: key, value: try self.node(from: next())) }
      try checkDuplicates(pairs.map(\.key))
      node = YAMLNode(content: .map(pairs), place: event.place)
    default:
      node = YAMLNode(content: .scalar(event.scalar), place: event.place)
    }
    if let anchor = event.anchor { anchors[anchor] = node }
    return node
  }

  /// The parts of a list or map, each made from its first node.
  private func nested<Part>(
    _ start: Event, until end: yaml_event_type_t, _ part: (YAMLNode) throws -> Part
  ) throws -> [Part] {
    guard depth < Self.maximumDepth else {
      throw fault("lists and maps stand more than \(Self.maximumDepth) deep in each other", start.place)
    }
    depth += 1
    defer { depth -= 1 }
    var parts: [Part] = []
    while case let event = try next(), event.type != end { parts.append(try part(try node(from: event))) }
    return parts
  }

  private func checkDuplicates(_ keys: [YAMLNode]) throws {
    var first: [String: YAMLNode.Place] = [:]
    var duplicates: Set<String> = []
    for key in keys {
      guard let text = key.scalar?.text else { continue }
      if first[text] == nil { first[text] = key.place } else { duplicates.insert(text) }
    }
    guard let least = duplicates.min() else { return }
    let names = duplicates.sorted().map { "`\($0)`" }.joined(separator: ", ")
    throw Failure(message: "gives \(names) twice", place: first[least], help: "remove one of them")
  }

  private func fault(_ problem: String, _ place: YAMLNode.Place?) -> Failure {
    Failure(message: "is not YAML: \(problem)", place: place)
  }

  private func next() throws -> Event {
    let event = Event()
    guard yaml_parser_parse(parser, &event.event) == 1 else {
      guard let problem = parser.pointee.problem else { throw Failure(message: "cannot be read as YAML", place: nil) }
      let during = parser.pointee.context.map { " " + String(cString: $0) } ?? ""
      let isPlaced = parser.pointee.error != YAML_READER_ERROR
      throw fault(String(cString: problem) + during, isPlaced ? YAMLNode.Place(parser.pointee.problem_mark) : nil)
    }
    return event
  }
}

/// An event of libyaml, with the memory that belongs to it.
private final class Event {
  var event = yaml_event_t()

  deinit { yaml_event_delete(&event) }

  var type: yaml_event_type_t { event.type }
  var place: YAMLNode.Place { YAMLNode.Place(event.start_mark) }

  /// The name that the node has for aliases, or that an alias names.
  var anchor: String? {
    let name =
      switch type {
      case YAML_ALIAS_EVENT: event.data.alias.anchor
      case YAML_SCALAR_EVENT: event.data.scalar.anchor
      case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor
      default: event.data.mapping_start.anchor
      }
    return name.map { String(cString: $0) }
  }

  var scalar: YAMLNode.Scalar {
    let scalar = event.data.scalar
    let tag = scalar.tag.map { String(cString: $0) }
    return YAMLNode.Scalar(
      text: String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
      isString: scalar.style != YAML_PLAIN_SCALAR_STYLE || tag == "tag:yaml.org,2002:str")
  }
}

extension YAMLNode.Place {
  fileprivate init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}
