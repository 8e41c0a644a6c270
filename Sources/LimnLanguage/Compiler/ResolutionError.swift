/// The stable codes of what the resolver and the compiler report.
enum ResolutionError: String, Sendable, CaseIterable {
  case unknownName = "unknown-name"
  case duplicateName = "duplicate-name"
  case immutableName = "immutable-name"
  case nameNotSet = "name-not-set"
  case misplacedBreak = "misplaced-break"
  case misplacedReturn = "misplaced-return"
  case unknownModule = "unknown-module"
  case destructuring = "destructuring"
  case tooComplex = "too-complex"
}
