import LimnLanguage

/// The types that the runtime brings into the language.
public enum Types {
  public static let tensor = HostType("tensor", documentation: "An immutable block of numbers with a shape.")
  /// A weight is accepted wherever a tensor is, and read as its present value.
  public static let weight = HostType(
    "weight", parent: tensor, documentation: "A reference to a tensor that an optimizer changes.")
  public static let layer = HostType(
    "layer", documentation: "A function of tensors with weights, which takes its input size from its first call.")
  public static let attentionCache = HostType(
    "attention_cache", documentation: "What the layers of a transformer have seen of a sequence.")
  public static let average = HostType("average", documentation: "A running mean of a model's weights.")
  public static let optimizer = HostType("optimizer", documentation: "Changes a model's weights to lessen a loss.")
  public static let schedule = HostType(
    "schedule", documentation: "A learning rate that depends on the step's number.")
  public static let image = HostType("image", documentation: "A picture, ready to be shown or saved.")
  public static let batches = HostType("batches", documentation: "Slices of tensors to loop over.")
  public static let progress = HostType("progress", documentation: "A loop that reports how far it is.")
}

extension ValueType {
  static let tensor = ValueType.host(Types.tensor)
  static let layer = ValueType.host(Types.layer)
  static let attentionCache = ValueType.host(Types.attentionCache)
  static let image = ValueType.host(Types.image)
  /// What stands for a tensor in arithmetic: a tensor, a weight, or a number.
  static let operand = ValueType.either([.tensor, .number, .bool])
}
