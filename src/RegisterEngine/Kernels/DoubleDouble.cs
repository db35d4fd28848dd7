namespace RegisterEngine.Kernels;

/// <summary>A number of about 32 digits: the unevaluated sum of two, of which the second is at most half a last digit of the first.</summary>
/// <remarks>
/// T. J. Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18 (1971); the exact product is by fused multiply-add, which
/// has the same bits in hardware and in software.
/// </remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static DoubleDouble Zero => default;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = SumOf(a.High, b.High);
        DoubleDouble low = SumOf(a.Low, b.Low);
        DoubleDouble sum = Renormalize(high.High, high.Low + low.High);
        return Renormalize(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + (-b);

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble product = ProductOf(a.High, b.High);
        return Renormalize(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, double b)
    {
        double first = a.High / b;
        DoubleDouble rest = a - ProductOf(first, b);
        return Renormalize(first, rest.High / b);
    }

    /// <summary>The exact sum of two numbers.</summary>
    public static DoubleDouble SumOf(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>The exact product of two numbers.</summary>
    public static DoubleDouble ProductOf(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    /// <summary>The number as one.</summary>
    public double Rounded => High + Low;

    private static DoubleDouble Renormalize(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }
}
