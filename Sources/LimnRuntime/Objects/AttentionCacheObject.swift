import LimnLanguage
import LimnModels

/// What the layers of a transformer have seen of a sequence, as a value of the language.
final class AttentionCacheObject: HostObject {
  let cache = AttentionCache()

  override var type: HostType { Types.attentionCache }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String {
    "attention_cache of \(cache.length)"
  }

  override var memberNames: [String] { ["length"] }

  override func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    name == "length" ? .int(cache.length) : nil
  }
}
