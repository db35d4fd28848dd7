using System.Text;
using RegisterEngine.Schemas;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Tests.Synthetic;

/// <summary>Municipalities and workplaces at full size.</summary>
public sealed class SectorTests
{
    private static readonly MunicipalSector Sector = SectorBuilder.Build(486_000, seed: 1);

    [Fact]
    public void ThereAre357MunicipalitiesInFifteenCounties()
    {
        Assert.Equal(357, Sector.Municipalities.Length);
        Assert.Equal(357, Sector.Municipalities.Select(m => m.Code).Distinct().Count());
        Assert.Equal(
            ["03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56"],
            Sector.Municipalities.Select(m => m.Code[..2]).Distinct());
        Assert.Equal("0301", Assert.Single(Sector.Municipalities, m => m.Code.StartsWith("03", StringComparison.Ordinal)).Code);
    }

    [Fact]
    public void MunicipalitiesAreSkewed()
    {
        int[] seats = [.. Sector.Municipalities.Select(m => m.Seats).OrderDescending()];
        Assert.Equal(Sector.Seats, seats.Sum());
        Assert.Equal("0301", Sector.Municipalities.MaxBy(m => m.Seats)!.Code);
        Assert.InRange((double)seats[0] / Sector.Seats, 0.09, 0.11);
        Assert.InRange(seats[178], 300, 900);
        Assert.InRange(seats[^1], 50, 200);
    }

    [Fact]
    public void LargestMunicipalityOfACountyHasTheFirstNumber() => Assert.All(
        Sector.Municipalities.GroupBy(m => m.County), county => Assert.EndsWith("01", county.MaxBy(m => m.Seats)!.Code, StringComparison.Ordinal));

    [Fact]
    public void WorkplacesAreAsManyAndAsSkewedAsRealOnes()
    {
        Assert.InRange(Sector.Workplaces.Length, 10_000, 25_000);
        int[] seats = [.. Sector.Workplaces.Select(w => w.Seats).Order()];
        Assert.InRange(seats.Average(), 18, 35);
        Assert.InRange(seats[seats.Length / 2], 10, 25);
        Assert.InRange(seats[^1], 150, 400);
        Assert.True(seats[0] >= 1);
    }

    [Fact]
    public void EveryMunicipalityHasAWorkplaceOfEveryServiceArea()
    {
        foreach (int seats in new[] { 486_000, SyntheticOptions.FewestPersons })
        {
            MunicipalSector sector = SectorBuilder.Build(seats, seed: 3);
            Assert.Equal(357 * ServiceAreas.Count, sector.Workplaces.Select(w => (w.Municipality, w.Type.Area)).Distinct().Count());
        }
    }

    [Fact]
    public void ServiceAreasHaveTheirShares()
    {
        double[] shares = new double[ServiceAreas.Count];
        foreach (Workplace workplace in Sector.Workplaces)
            shares[(int)workplace.Type.Area] += (double)workplace.Seats / Sector.Seats;
        for (int area = 0; area < shares.Length; area++)
            Assert.InRange(shares[area], ServiceAreas.Shares[area] - 0.005, ServiceAreas.Shares[area] + 0.005);
    }

    [Fact]
    public void OrganisationNumbersAreValidDistinctAndNobodys()
    {
        Assert.All(Sector.Workplaces, w => Assert.True(OrganisationNumber.IsValid(Encoding.ASCII.GetBytes(w.Number)) && w.Number[0] is '2' or '3', w.Number));
        Assert.Equal(Sector.Workplaces.Length, Sector.Workplaces.Select(w => w.Number).Distinct().Count());
    }

    [Fact]
    public void NamesAreDistinctWithinAMunicipalityAndFitTheirColumn()
    {
        Assert.All(Sector.Workplaces, w => Assert.InRange(w.Name.Length, 5, 40));
        Assert.Equal(Sector.Workplaces.Length, Sector.Workplaces.Select(w => (w.Municipality, w.Name)).Distinct().Count());
        Assert.Contains(Sector.Workplaces, w => w.Name.AsSpan().ContainsAny("æøå"));
    }

    [Fact]
    public void CodeListHasFourDigitsAndNamesThatFit()
    {
        Assert.All(Positions.All, position => Assert.Matches(@"^\d{4}$", position.Code));
        Assert.All(Positions.All, position => Assert.InRange(position.Name.Length, 4, 30));
        Assert.Equal(Positions.All.Length, Positions.All.Select(position => position.Code).Distinct().Count());
        Assert.All(PublishedTargets.PositionCodes, code => Assert.Contains(Positions.All, position => position.Code == code));
        Assert.InRange(Positions.All.Length - PublishedTargets.PositionCodes.Count, 30, 60);
    }

    [Fact]
    public void WorkplaceTypesOfAnAreaAddUp() => Assert.All(
        WorkplaceTypes.All.GroupBy(type => type.Area), area => Assert.Equal(1, area.Sum(type => type.Share), 9));
}
