import LimnTensor

/// How a picture was made, as text chunks in its PNG: enough to make it again. It has no folder and no date, so
/// that the same run gives the same bytes anywhere and at any time.
///
/// ```swift
/// let recipe = Recipe(software: "Limn 0.1", notebook: "dcgan.md", seed: 42, parameters: [("epochs", "5")])
/// try PNG.write(image, text: recipe.chunks, to: "train-1.png")
/// Recipe(chunks: try PNG.read("train-1.png").text) == recipe   // true
/// ```
public struct Recipe: Equatable, Sendable {
  /// A parameter's name and its value as text.
  public struct Parameter: Equatable, Sendable {
    public var name: String
    public var value: String
  }

  /// The program and its version.
  public var software: String
  /// The notebook's or script's file name; a folder before it is dropped.
  public var notebook: String?
  /// The id of the cell that showed the picture.
  public var cell: String?
  /// The run's seed.
  public var seed: UInt64?
  /// The run's parameters, in the notebook's order.
  public var parameters: [Parameter]

  public init(
    software: String, notebook: String? = nil, cell: String? = nil, seed: UInt64? = nil,
    parameters: [(name: String, value: String)] = []
  ) {
    self.software = software
    self.notebook = notebook.map { String($0.split(separator: "/").last ?? "") }
    self.cell = cell
    self.seed = seed
    self.parameters = parameters.map { Parameter(name: $0.name, value: $0.value) }
  }

  /// The recipe's text chunks: `Software`, `Notebook`, `Cell`, `Seed`, and `Parameters` as lines of `name=value`.
  public var chunks: [PNGText] {
    var chunks = [PNGText(keyword: "Software", text: software)]
    if let notebook { chunks.append(PNGText(keyword: "Notebook", text: notebook)) }
    if let cell { chunks.append(PNGText(keyword: "Cell", text: cell)) }
    if let seed { chunks.append(PNGText(keyword: "Seed", text: String(seed))) }
    if !parameters.isEmpty {
      let lines = parameters.map { Self.escaped($0.name, "=") + "=" + Self.escaped($0.value) }
      chunks.append(PNGText(keyword: "Parameters", text: lines.joined(separator: "\n")))
    }
    return chunks
  }

  /// The recipe that a PNG's text chunks tell, or nil when they name no software.
  public init?(chunks: [PNGText]) {
    func text(_ keyword: String) -> String? { chunks.first { $0.keyword == keyword }?.text }
    guard let software = text("Software") else { return nil }
    let lines = text("Parameters").map { $0.split(separator: "\n") } ?? []
    self.init(
      software: software, notebook: text("Notebook"), cell: text("Cell"), seed: text("Seed").flatMap(UInt64.init),
      parameters: lines.compactMap { Self.parsed($0) })
  }

  /// Marks characters that would end a name or a line by a backslash.
  private static func escaped(_ text: String, _ special: Character? = nil) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where special.map { Character(scalar) == $0 } ?? false: result += "\\" + String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func parsed(_ line: Substring) -> (name: String, value: String)? {
    var name: String?
    var current = String.UnicodeScalarView()
    var isEscape = false
    for scalar in line.unicodeScalars {
      if isEscape {
        current.append(scalar == "n" ? "\n" : scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else if scalar == "=" && name == nil {
        name = String(current)
        current = String.UnicodeScalarView()
      } else {
        current.append(scalar)
      }
    }
    return name.map { ($0, String(current)) }
  }
}
