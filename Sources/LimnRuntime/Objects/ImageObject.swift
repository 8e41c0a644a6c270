import LimnImage
import LimnLanguage
import LimnTensor

/// A picture as a value of the language: what `grid` and `heatmap` give.
final class ImageObject: HostObject {
  let image: Image

  init(_ image: Image) {
    self.image = image
    super.init()
  }

  override var type: HostType { Types.image }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String { image.summary }

  override var memberNames: [String] { ["width", "height", "channels"] }

  override func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    switch name {
    case "width": .int(image.width)
    case "height": .int(image.height)
    case "channels": .int(image.channels.count)
    default: nil
    }
  }

  override func isEqual(to other: Value, in interpreter: Interpreter) throws -> Bool {
    (other.asHost as? ImageObject)?.image == image
  }
}
