using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Days as extracts need them, counted from 1920-01-01 so that sixteen bits hold any.</summary>
internal static class Calendar
{
    /// <summary>The first day.</summary>
    public static DateOnly Epoch { get; } = new(1920, 1, 1);

    /// <summary>The day of the count: 1 December.</summary>
    public static ushort CountOf(int year) => DayOf(year, 12, 1);

    /// <summary>The number of a day.</summary>
    public static ushort DayOf(int year, int month, int day) => checked((ushort)(new DateOnly(year, month, day).DayNumber - Epoch.DayNumber));

    /// <summary>The first day of somebody who was not there at the count of the year before: schools and kindergartens begin in August.</summary>
    public static ushort StartIn(int year, JobFamily family, SplitMix64 random)
    {
        bool isSchool = family is JobFamily.Teaching or JobFamily.Kindergarten;
        int kind = random.Next(100);
        if (isSchool && kind < 72)
            return DayOf(year, 8, 1);
        // Contracts begin with a month more often than on other days.
        int day = CountOf(year) - random.Next(365);
        if (kind < 85)
            return (ushort)day;
        DateOnly date = Epoch.AddDays(day);
        return date.Month == 12 ? CountOf(year) : DayOf(date.Year, date.Month, 1);
    }
}
