import LimnLanguage

/// An entry of a document's outline.
struct DocumentSymbol {
  enum Kind: Int {
    case namespace = 3
    case type = 5
    case method = 6
    case field = 8
    case function = 12
    case variable = 13
    case constant = 14
    case test = 24
  }

  var name: String
  var detail: String?
  var kind: Kind
  /// All of it.
  var range: TextRange
  /// Its name.
  var selection: TextRange
  var children: [DocumentSymbol] = []
}

extension DocumentAnalysis {
  /// The outline: of a script its top level, of a notebook each cell with its top level.
  func symbols(_ encoding: PositionEncoding) -> [DocumentSymbol] {
    guard document.document?.form == .notebook else { return units.flatMap { symbols(of: $0, encoding) } }
    return zip(document.cells, units).compactMap { cell, unit in
      let end = cell.source.bytes.count
      guard let range = document.range(of: Span(0, end), in: cell.source, encoding) else { return nil }
      return DocumentSymbol(
        name: cell.id, kind: .namespace, range: range, selection: TextRange(range.start, range.start),
        children: symbols(of: unit, encoding))
    }
  }

  private func symbols(of unit: UnitAnalysis, _ encoding: PositionEncoding) -> [DocumentSymbol] {
    func symbol(
      _ name: String, _ kind: DocumentSymbol.Kind, _ span: Span, _ selection: Span, detail: String? = nil,
      children: [DocumentSymbol] = []
    ) -> [DocumentSymbol] {
      guard let range = document.range(of: span, in: unit.source, encoding),
        let selected = document.range(of: selection, in: unit.source, encoding)
      else { return [] }
      return [
        DocumentSymbol(name: name, detail: detail, kind: kind, range: range, selection: selected, children: children)
      ]
    }
    return unit.unit.statements.flatMap { statement -> [DocumentSymbol] in
      let span = statement.span
      switch statement.kind {
      case .declaration(let isMutable, let targets, _):
        return targets.flatMap { target -> [DocumentSymbol] in
          guard case .name(let name) = target else { return [] }
          return symbol(name.text, isMutable ? .variable : .constant, span, name.span)
        }
      case .function(let function):
        return symbol(function.name.text, .function, span, function.name.span, detail: signature(function.name, unit))
      case .type(let type):
        let fields = type.parameters.map { ($0.name, $0.name.span) } + type.fields.map { ($0.name, $0.span) }
        let children =
          fields.flatMap { symbol($0.text, .field, $1, $0.span) }
          + type.methods.flatMap {
            symbol($0.name.text, .method, $0.function.span, $0.name.span, detail: signature($0.name, unit))
          }
        return symbol(
          type.name.text, .type, span, type.name.span, detail: signature(type.name, unit), children: children)
      case .test(let name, _):
        return symbol("test \"\(name)\"", .test, span, Span(span.start, span.start + 4))
      default: return []
      }
    }
  }

  private func signature(_ name: Identifier, _ unit: UnitAnalysis) -> String? {
    declaration(in: unit.source, at: name.span.start)?.signature
  }
}
