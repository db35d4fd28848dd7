using System.Text;
using RegisterEngine.Schemas;

namespace RegisterEngine.Tests;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("02013299997", NationalIdKind.Ordinary, true)]
    [InlineData("30108299939", NationalIdKind.Ordinary, false)]
    [InlineData("30908299902", NationalIdKind.Synthetic, false)]
    [InlineData("03851598730", NationalIdKind.Synthetic, true)]
    [InlineData("53097248016", NationalIdKind.DNumber, true)]
    [InlineData("13527248013", NationalIdKind.HNumber, true)]
    [InlineData("50846202355", NationalIdKind.Synthetic, true)]
    [InlineData("13097248032", NationalIdKind.None, false)]
    [InlineData("13097248023", NationalIdKind.None, false)]
    [InlineData("02013299987", NationalIdKind.None, false)]
    [InlineData("0201329999", NationalIdKind.None, false)]
    [InlineData("0201329999x", NationalIdKind.None, false)]
    public void NationalIdIsOfItsKind(string number, NationalIdKind kind, bool validToday)
    {
        Assert.Equal(kind, NationalId.KindOf(Encoding.ASCII.GetBytes(number)));
        Assert.Equal(validToday ? kind : NationalIdKind.None, NationalId.KindOf(Encoding.ASCII.GetBytes(number), wideRule: false));
    }

    [Theory]
    [InlineData("02013299997", 0, 0)]
    [InlineData("30108299939", 1, 0)]
    [InlineData("30908299902", 2, 0)]
    [InlineData("13097248032", 1, 2)]
    [InlineData("13097248023", 0, 1)]
    [InlineData("02013299987", 10, 9)]
    public void RemaindersAreThoseOfTheTable(string number, int first, int second) =>
        Assert.Equal((first, second), NationalId.Remainders(Encoding.ASCII.GetBytes(number)));

    [Theory]
    [InlineData("123456785", true)]
    [InlineData("988077917", true)]
    [InlineData("701730496", true)]
    [InlineData("971526920", true)]
    [InlineData("123456784", false)]
    [InlineData("12345678", false)]
    [InlineData("1234567855", false)]
    [InlineData("12345678a", false)]
    [InlineData("", false)]
    public void OrganisationNumberIsChecked(string number, bool valid) =>
        Assert.Equal(valid, OrganisationNumber.IsValid(Encoding.ASCII.GetBytes(number)));
}
