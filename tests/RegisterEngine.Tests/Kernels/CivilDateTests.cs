using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class CivilDateTests
{
    [Fact]
    public void EveryDayHasItsDate()
    {
        int epoch = new DateOnly(1970, 1, 1).DayNumber;
        for (int day = 0; day <= DateOnly.MaxValue.DayNumber; day += 11)
        {
            DateOnly date = DateOnly.FromDayNumber(day);
            Assert.Equal((date.Year, date.Month, date.Day), CivilDate.FromDays(day - epoch));
        }
    }
}
