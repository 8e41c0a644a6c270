import LimnImage
import LimnLanguage
import LimnTensor

/// Something shown: a cell's result, or what `show` was given.
public enum Display {
  case text(String)
  case picture(Image)
}

extension Session {
  /// How a value is shown: an image, and a tensor that has the shape of one, as a picture; all else as text.
  ///
  /// - Throws: `not-finite` when a picture has a NaN, and what an instance's own `show` throws.
  public func presentation(of value: Value) throws -> Display {
    switch value.asHost {
    case let image as ImageObject: .picture(image.image)
    default: .text(try interpreter.describe(value))
    }
  }
}

/// What a loop under `progress` reports, for a bar or a line of text.
public enum ProgressEvent: Sendable {
  /// A loop begins. `total` is nil when its length is not known.
  case began(id: Int, label: String?, total: Int?)
  /// So many turns are done. `message` is what the loop last said of itself.
  case advanced(id: Int, count: Int, message: String?)
  /// The loop is over; it was left early when `count` is less than the total.
  case ended(id: Int, count: Int)
}
