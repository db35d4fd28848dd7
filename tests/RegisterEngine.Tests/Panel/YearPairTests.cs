using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Panel;

/// <summary>What two years of a person tell about each other.</summary>
public sealed class YearPairTests
{
    [Theory]
    [InlineData("", "Yes", "LeaveRegister")]
    [InlineData("FirstWithin, SameWorkplace", "Yes", "LeaveRegister")]
    [InlineData("Found, FirstWithin", "Yes", "LeaveUniverse")]
    [InlineData("Found, FirstWithin, SameWorkplace, SameMunicipality", "No", "LeaveUniverse")]
    [InlineData("Found, SecondWithin, SameWorkplace, SameMunicipality", "Yes", "Stay")]
    [InlineData("Found, FirstWithin, SecondWithin, SameWorkplace, SameMunicipality", "No", "Stay")]
    [InlineData("Found, FirstWithin, SecondWithin, SameWorkplace", "No", "Stay")]
    [InlineData("Found, FirstWithin, SecondWithin, SameMunicipality", "Yes", "MoveWithinMunicipality")]
    [InlineData("Found, FirstWithin, SecondWithin", "Yes", "MoveBetweenMunicipalities")]
    public void The_second_is_a_new_hire_and_the_first_has_a_transition(string pair, string newHire, string transition)
    {
        YearPair signs = pair.Length == 0 ? YearPair.None : Enum.Parse<YearPair>(pair);

        Assert.Equal(newHire, YearPairs.NewHireOf(signs).ToString());
        Assert.Equal(transition, YearPairs.TransitionOf(signs).ToString());
    }
}
