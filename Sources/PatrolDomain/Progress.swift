/// Told now and then how far something is that takes long: so many of so many.
package typealias Progress = (_ done: Int, _ all: Int) -> Void
