import LimnLanguage
import LimnNotebook

/// A signature as it is shown while arguments are typed.
struct SignatureInformation {
  struct Parameter {
    var name: String
    /// `lr = 0.001`.
    var text: String
    var isRest = false
  }

  var label: String
  var documentation: String?
  var parameters: [Parameter]

  static func all(_ callable: Callable) -> [SignatureInformation] {
    switch callable {
    case .declared(let declaration):
      let parameters = (declaration.parameters ?? []).map {
        Parameter(name: $0.name.text, text: $0.text(in: declaration.source), isRest: $0.isRest)
      }
      return [make(declaration.name.text, declaration.documentation, parameters)]
    case .builtin(let bindings, let isMethod):
      return bindings.map { binding in
        let own = binding.parameters.dropFirst(isMethod ? 1 : 0)
        return make(
          binding.name, binding.documentation,
          own.map { Parameter(name: $0.name, text: $0.signature, isRest: $0.isVariadic) })
      }
    }
  }

  private static func make(_ name: String, _ documentation: String?, _ parameters: [Parameter]) -> SignatureInformation
  {
    SignatureInformation(
      label: "\(name)(\(parameters.map(\.text).joined(separator: ", ")))", documentation: documentation,
      parameters: parameters)
  }
}

/// The signatures of the call around a place, and which parameter is being given.
struct SignatureHelp {
  let signatures: [SignatureInformation]
  /// Of the first signature that has such a parameter.
  let activeSignature: Int
  let activeParameter: Int?

  init?(at offset: Int, of cell: Cell, _ document: OpenDocument, folder: ImportFolder) {
    guard let probe = Probe(document, folder: folder, cell, offset), let call = probe.call,
      let called = probe.analysis.callable(call.callee, in: probe.unit, within: call.type)
    else { return nil }
    signatures = SignatureInformation.all(called)
    func index(_ signature: SignatureInformation) -> Int? {
      if let name = call.argumentName { return signature.parameters.firstIndex { $0.name == name } }
      if call.index < signature.parameters.count { return call.index }
      return signature.parameters.last?.isRest == true ? signature.parameters.count - 1 : nil
    }
    activeSignature = signatures.firstIndex { index($0) != nil } ?? 0
    activeParameter = signatures.isEmpty ? nil : index(signatures[activeSignature])
  }
}
