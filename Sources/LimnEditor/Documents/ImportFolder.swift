/// Where a document's imports are looked for: among the texts that the editor has open, and in the document's folder.
struct ImportFolder {
  let path: String
  /// The texts of open scripts by their paths; they stand for the files, saved or not.
  var openTexts: [String: String] = [:]
}
