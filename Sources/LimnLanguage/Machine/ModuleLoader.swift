/// Where the texts of modules come from: the standard library, and files beside the importing one.
public protocol ModuleLoader {
  /// The text of a module, or nil when there is none of that name. Throws a `Fault` when the name is ambiguous or its
  /// file cannot be read.
  func source(ofModule name: String, importedFrom importer: Source) throws -> Source?
  /// Names of modules that can be imported from there, for completion and *did you mean*.
  func moduleNames(importedFrom importer: Source) -> [String]
}
