package dev.magpie.benchmarks.integrate;

/**
 * An interval of the integral of (x^2 + 1) x, with the integrand's values at its ends. Cut in
 * halves while the trapezoids over them differ from the one over it by more than epsilon.
 *
 * @param from its lower end
 * @param to its upper end
 * @param fromValue the integrand there
 * @param toValue the integrand there
 * @param area of the trapezoid over it
 */
record Interval(double from, double to, double fromValue, double toValue, double area) {

    static Interval of(double from, double to) {
        return between(from, to, integrand(from), integrand(to));
    }

    private static Interval between(double from, double to, double fromValue, double toValue) {
        return new Interval(from, to, fromValue, toValue, (fromValue + toValue) * (to - from) / 2);
    }

    static double integrand(double x) {
        return (x * x + 1) * x;
    }

    double middle() {
        return (from + to) / 2;
    }

    Interval left(double middleValue) {
        return between(from, middle(), fromValue, middleValue);
    }

    Interval right(double middleValue) {
        return between(middle(), to, middleValue, toValue);
    }

    /** An area as the answer of a problem. */
    static long bits(double area) {
        return Double.doubleToRawLongBits(area);
    }

    static double area(long bits) {
        return Double.longBitsToDouble(bits);
    }

    /** Its integral by plain recursion. */
    static double integrate(Interval interval, double epsilon) {
        double middleValue = integrand(interval.middle());
        Interval left = interval.left(middleValue);
        Interval right = interval.right(middleValue);
        if (isClose(interval, left, right, epsilon)) {
            return left.area + right.area;
        }
        return integrate(left, epsilon) + integrate(right, epsilon);
    }

    static boolean isClose(Interval whole, Interval left, Interval right, double epsilon) {
        return Math.abs(left.area + right.area - whole.area) <= epsilon;
    }
}
