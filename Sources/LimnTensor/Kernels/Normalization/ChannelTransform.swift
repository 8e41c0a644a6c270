/// Elementwise functions of a matrix whose columns are channels, with numbers that belong to a channel.
enum ChannelTransform {
  private static let tileElements = 1 << 14

  /// `y = (x - mean) · scale + offset`.
  static func normalize(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, mean: UnsafePointer<Float>, scale: UnsafePointer<Float>,
    offset: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / channels)) { range in
      for row in range {
        let from = x + row * channels
        let to = y + row * channels
        var channel = 0
        while channel + 8 <= channels {
          let centered = Vector(at: from + channel) - Vector(at: mean + channel)
          Vector(at: offset + channel).adding(centered, times: Vector(at: scale + channel)).store(to: to + channel)
          channel += 8
        }
        while channel < channels {
          to[channel] = (from[channel] - mean[channel]) * scale[channel] + offset[channel]
          channel += 1
        }
      }
    }
  }

  /// `y = g · a + (x - mean) · b + c`.
  static func combine(
    _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, channels: Int, mean: UnsafePointer<Float>,
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / channels)) { range in
      for row in range {
        let gradient = g + row * channels
        let from = x + row * channels
        let to = y + row * channels
        var channel = 0
        while channel + 8 <= channels {
          let centered = Vector(at: from + channel) - Vector(at: mean + channel)
          Vector(at: c + channel)
            .adding(centered, times: Vector(at: b + channel))
            .adding(Vector(at: gradient + channel), times: Vector(at: a + channel))
            .store(to: to + channel)
          channel += 8
        }
        while channel < channels {
          let centered = from[channel] - mean[channel]
          to[channel] = c[channel] + centered * b[channel] + gradient[channel] * a[channel]
          channel += 1
        }
      }
    }
  }
}
