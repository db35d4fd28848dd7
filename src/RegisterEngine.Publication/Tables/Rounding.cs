using System.Globalization;
using RegisterEngine.Cells;

namespace RegisterEngine.Publication.Tables;

/// <summary>Rounds half away from zero, as published tables do; shares of whole numbers exactly, without a detour over floating point.</summary>
public static class Rounding
{
    /// <summary>A share in percent.</summary>
    /// <param name="share">The share; there must be cases.</param>
    /// <param name="decimals">Decimals, 0 to 6.</param>
    /// <returns>For instance <c>12.5</c> for 1 of 8.</returns>
    public static string Percent(Proportion share, int decimals)
    {
        Int128 scale = 100;
        for (int i = 0; i < decimals; i++)
            scale *= 10;
        Int128 twice = share.Count * scale * 2;
        Int128 rounded = ((twice / share.Of) + 1) / 2;
        return Fixed((decimal)(long)rounded / Power(decimals), decimals);
    }

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double value, int decimals) =>
        Math.Abs(value) < 1e15 ? Fixed(Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero), decimals) : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Fixed(decimal value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static decimal Power(int decimals)
    {
        decimal power = 1;
        for (int i = 0; i < decimals; i++)
            power *= 10;
        return power;
    }
}
