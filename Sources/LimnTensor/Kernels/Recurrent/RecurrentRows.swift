/// One row of one step of each recurrent cell, forward and backward.
///
/// A row is one sequence of the batch. `gates` holds the sums before the functions and receives their values; backward
/// turns those values into the gradients of the sums, in another array. What a cell keeps besides (``RecurrentPass``'s
/// `memory`) is the cell state of an LSTM and the candidate's recurrent part h Uₙ + bₙ of a GRU.
enum RecurrentRows<F: CellFunction> {
  // MARK: Plain

  @inline(never)
  static func plain(
    _ gates: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, into h: UnsafeMutablePointer<Float>, _ units: Int
  ) {
    forEachVector(units) { place, width in
      h.put(F.value(gates.vector(place, width) + bias.vector(place, width)), place, width)
    }
  }

  /// - Parameter dh: the gradient of h.
  @inline(never)
  static func plainGradient(
    _ dh: UnsafeMutablePointer<Float>, h: UnsafePointer<Float>, into dGates: UnsafeMutablePointer<Float>, _ units: Int
  ) {
    forEachVector(units) { place, width in
      dGates.put(dh.vector(place, width) * F.slope(atValue: h.vector(place, width)), place, width)
    }
  }

  // MARK: LSTM

  /// - Parameters:
  ///   - cell: receives c'.
  ///   - bent: receives φ(c'), which the way back needs again.
  @inline(never)
  static func lstm(
    _ gates: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, cellBefore: UnsafePointer<Float>?,
    cell: UnsafeMutablePointer<Float>, bent: UnsafeMutablePointer<Float>, into h: UnsafeMutablePointer<Float>,
    _ units: Int
  ) {
    forEachVector(units) { place, width in
      let i = VectorMath.sigmoid(gates.vector(place, width) + bias.vector(place, width))
      let f = VectorMath.sigmoid(gates.vector(units + place, width) + bias.vector(units + place, width))
      let g = F.value(gates.vector(2 * units + place, width) + bias.vector(2 * units + place, width))
      let o = VectorMath.sigmoid(gates.vector(3 * units + place, width) + bias.vector(3 * units + place, width))
      var c = i * g
      if let cellBefore { c = c.adding(f, times: cellBefore.vector(place, width)) }
      gates.put(i, place, width)
      gates.put(f, units + place, width)
      gates.put(g, 2 * units + place, width)
      gates.put(o, 3 * units + place, width)
      cell.put(c, place, width)
      let y = F.value(c)
      bent.put(y, place, width)
      h.put(o * y, place, width)
    }
  }

  /// - Parameters:
  ///   - dh: the gradient of h.
  ///   - dc: the gradient of the cell state after the step; receives that of the state before it.
  @inline(never)
  static func lstmGradient(
    _ dh: UnsafeMutablePointer<Float>, _ dc: UnsafeMutablePointer<Float>, gates: UnsafePointer<Float>,
    cellBefore: UnsafePointer<Float>?, bent: UnsafePointer<Float>, into dGates: UnsafeMutablePointer<Float>,
    _ units: Int
  ) {
    forEachVector(units) { place, width in
      let i = gates.vector(place, width)
      let f = gates.vector(units + place, width)
      let g = gates.vector(2 * units + place, width)
      let o = gates.vector(3 * units + place, width)
      let y = bent.vector(place, width)
      let gradient = dh.vector(place, width)
      let dCell = dc.vector(place, width).adding(gradient * o, times: F.slope(atValue: y))
      let before = cellBefore?.vector(place, width) ?? Vector()
      dGates.put(dCell * g * (i * (1 - i)), place, width)
      dGates.put(dCell * before * (f * (1 - f)), units + place, width)
      dGates.put(dCell * i * F.slope(atValue: g), 2 * units + place, width)
      dGates.put(gradient * y * (o * (1 - o)), 3 * units + place, width)
      dc.put(dCell * f, place, width)
    }
  }

  // MARK: GRU

  /// - Parameters:
  ///   - recurrent: h U for the three gates.
  ///   - candidate: receives h Uₙ + bₙ.
  @inline(never)
  static func gru(
    _ gates: UnsafeMutablePointer<Float>, recurrent: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>,
    candidateBias: UnsafePointer<Float>, hBefore: UnsafePointer<Float>?, candidate: UnsafeMutablePointer<Float>,
    into h: UnsafeMutablePointer<Float>, _ units: Int
  ) {
    forEachVector(units) { place, width in
      let (second, third) = (units + place, 2 * units + place)
      let r = VectorMath.sigmoid(
        gates.vector(place, width) + recurrent.vector(place, width) + bias.vector(place, width))
      let z = VectorMath.sigmoid(
        gates.vector(second, width) + recurrent.vector(second, width) + bias.vector(second, width))
      let q = recurrent.vector(third, width) + candidateBias.vector(place, width)
      let n = F.value((gates.vector(third, width) + bias.vector(third, width)).adding(r, times: q))
      let before = hBefore?.vector(place, width) ?? Vector()
      gates.put(r, place, width)
      gates.put(z, second, width)
      gates.put(n, third, width)
      candidate.put(q, place, width)
      h.put(n.adding(z, times: before - n), place, width)
    }
  }

  /// - Parameters:
  ///   - dh: the gradient of h; receives what reaches the state before without passing through U.
  ///   - dGates: receives the gradients of x W + b.
  ///   - dRecurrent: receives those of h U, of which the candidate's differs.
  @inline(never)
  static func gruGradient(
    _ dh: UnsafeMutablePointer<Float>, gates: UnsafePointer<Float>, candidate: UnsafePointer<Float>,
    hBefore: UnsafePointer<Float>?, into dGates: UnsafeMutablePointer<Float>,
    recurrent dRecurrent: UnsafeMutablePointer<Float>, _ units: Int
  ) {
    forEachVector(units) { place, width in
      let (second, third) = (units + place, 2 * units + place)
      let r = gates.vector(place, width)
      let z = gates.vector(second, width)
      let n = gates.vector(third, width)
      let gradient = dh.vector(place, width)
      let before = hBefore?.vector(place, width) ?? Vector()
      let dn = gradient * (1 - z) * F.slope(atValue: n)
      let dz = gradient * (before - n) * (z * (1 - z))
      let dr = dn * candidate.vector(place, width) * (r * (1 - r))
      dGates.put(dr, place, width)
      dGates.put(dz, second, width)
      dGates.put(dn, third, width)
      dRecurrent.put(dr, place, width)
      dRecurrent.put(dz, second, width)
      dRecurrent.put(dn * r, third, width)
      dh.put(gradient * z, place, width)
    }
  }
}
