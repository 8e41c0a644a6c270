/// A compiled function: its instructions and all that they refer to. Closures of one function share it.
final class Prototype {
  let name: String?
  let signature: String
  let documentation: String?
  let parameters: [ParameterShape]
  let requiredCount: Int
  let captureCount: Int

  struct ParameterShape {
    var name: String
    var isOptional: Bool
    var isRest: Bool
  }

  init(
    name: String?, signature: String, documentation: String?, parameters: [ParameterShape], captureCount: Int
  ) {
    self.name = name
    self.signature = signature
    self.documentation = documentation
    self.parameters = parameters
    self.captureCount = captureCount
    requiredCount = parameters.count { !$0.isOptional && !$0.isRest }
  }
}
