/// What every ``OrderStore`` must do.
package enum OrderStoreConformance {
    package static let cases = creating + racing + cancelling + asking + listing
}
