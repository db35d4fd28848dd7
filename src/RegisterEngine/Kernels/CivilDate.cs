using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Days of the Gregorian calendar counted from 1970-01-01.</summary>
/// <remarks>
/// The formula is that of C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022):
/// years begin in March, so that the leap day is the last of a year.
/// </remarks>
internal static class CivilDate
{
    private const int EpochShift = 719_469;

    /// <summary>Days of a date, or false where there is no such date (years 1 to 9999).</summary>
    public static bool TryDays(int year, int month, int day, out int days)
    {
        days = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return true;
    }

    /// <summary>The date of a day, in any year; the year before 1 is 0.</summary>
    public static (long Year, int Month, int Day) FromDays(long days)
    {
        const long cycle = 146_097;
        long ofEra = days + EpochShift - 1;
        long era = Math.DivRem(ofEra, cycle, out long day);
        if (day < 0)
            (era, day) = (era - 1, day + cycle);
        // Years of 365 days, less the leap days of four, a hundred and four hundred years.
        long year = (day - (day / 1460) + (day / 36_524) - (day / (cycle - 1))) / 365;
        long ofYear = day - ((365 * year) + (year / 4) - (year / 100));
        long month = ((5 * ofYear) + 2) / 153;
        int dayOfMonth = (int)(ofYear - (((153 * month) + 2) / 5)) + 1;
        return (year + (400 * era) + (month >= 10 ? 1 : 0), (int)(month < 10 ? month + 3 : month - 9), dayOfMonth);
    }

    /// <summary>Days of eight dates given as numbers; <paramref name="bad"/> is not zero where there is no such date or the year is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Days(Vector256<int> year, Vector256<int> month, Vector256<int> day, out Vector256<int> bad)
    {
        Vector256<int> one = Vector256<int>.One;
        Vector256<int> early = Vector256.LessThan(month, Vector256.Create(3));
        Vector256<int> y = year + early;
        Vector256<int> m = month + (early & Vector256.Create(12));
        Vector256<int> century = DivideByHundred(y);
        Vector256<int> ofYear = ((y * 1461) >> 2) - century + (century >> 2);
        Vector256<int> ofMonth = ((m * 979) - Vector256.Create(2919)) >> 5;

        Vector256<int> february = Vector256.Equals(month, Vector256.Create(2));
        Vector256<int> wholeCentury = Vector256.Equals(DivideByHundred(year) * 100, year);
        Vector256<int> leapMask = Vector256.ConditionalSelect(wholeCentury, Vector256.Create(15), Vector256.Create(3));
        Vector256<int> leap = Vector256.Equals(year & leapMask, Vector256<int>.Zero);
        Vector256<int> usual = Vector256.Create(30) + ((month + (month >> 3)) & one);
        Vector256<int> length = Vector256.ConditionalSelect(february, Vector256.Create(28) - leap, usual);
        bad = Vector256.GreaterThan(day, length)
            | Vector256.LessThan(day, one)
            | Vector256.LessThan(month, one)
            | Vector256.GreaterThan(month, Vector256.Create(12))
            | Vector256.LessThan(year, one);
        return ofYear + ofMonth + day - Vector256.Create(EpochShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> DivideByHundred(Vector256<int> number) => (number * 5243) >> 19;
}
