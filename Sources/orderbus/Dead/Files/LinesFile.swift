/// A new file that letters are written into, and that can be made to last.
struct LinesFile: ~Copyable {
    private let file: NewFile

    /// Makes the file.
    ///
    /// - Throws: an explanation where it is there already, or cannot be made.
    static func make(_ path: String) throws(ExplainedError) -> LinesFile {
        do throws(NewFileError) {
            return LinesFile(file: try NewFile(path: path))
        } catch {
            throw ExplainedError(
                what: "the file cannot be made: \(error.reason)",
                place: path,
                advice: error.isTaken ? "nothing is overwritten: choose another name" : nil,
                status: .wrongUsage
            )
        }
    }

    private init(file: consuming NewFile) {
        self.file = file
    }

    var path: String { file.path }

    borrowing func append(_ bytes: [UInt8]) throws(ExplainedError) {
        do throws(NewFileError) {
            try file.write(bytes)
        } catch {
            throw failure(error)
        }
    }

    /// Waits until the disk has everything.
    borrowing func sync() throws(ExplainedError) {
        do throws(NewFileError) {
            try file.sync()
        } catch {
            throw failure(error)
        }
    }

    private borrowing func failure(_ error: NewFileError) -> ExplainedError {
        ExplainedError(
            what: "the letters cannot be written: \(error.reason)",
            place: file.path,
            advice: "what was not written to its end is still where it was: make room, and begin again"
        )
    }
}
