package dev.remit.cedar;

/** Arithmetic on 64 bits in which an overflow is an error. */
final class Sums {
    private Sums() {}

    static long plus(long left, long right) throws Fault {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw overflow();
        }
        return sum;
    }

    static long minus(long left, long right) throws Fault {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw overflow();
        }
        return difference;
    }

    static long times(long left, long right) throws Fault {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            throw overflow();
        }
        return product;
    }

    private static Fault overflow() {
        return new Fault("a number does not fit into 64 bits");
    }
}
