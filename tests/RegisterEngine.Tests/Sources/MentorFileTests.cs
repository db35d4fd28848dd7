using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Tests.Sources;

public sealed class MentorFileTests
{
    private const string Secret = "hemmelig";
    private const string NationalId = "02013299997";
    private const string Known = "30108299939";

    [Theory]
    [InlineData("", "m.csv: the mentor table is empty")]
    [InlineData("person;year;role\n", "no person below its header")]
    [InlineData("person;year;role\n\n  \n", "no person below its header")]
    [InlineData("hemmelig-1;2022;mentor\n", "line 1: there is no column 'person'; the first line should name the columns: person,year,role.")]
    [InlineData("person;year\nhemmelig-1;2022\n", "line 1: there is no column 'role'")]
    [InlineData("person;hemmelig;role\nhemmelig-1;2022;mentor\n", "line 1: there is no column 'year'")]
    [InlineData("person;year;role\nhemmelig-1;2022;mentor\n\nhemmelig-2;2022;boss\n", "line 4, column role: is none of mentor, trained mentor, mentee.")]
    [InlineData("person;year;role\nhemmelig-1;2022;hemmelig-2\n", "line 2, column role: is none of")]
    [InlineData("person;year;role\nhemmelig-1;2022;\n", "line 2, column role: is none of")]
    [InlineData("person;year;role\nhemmelig-1;22;mentor\n", "line 2, column year: is not a year in 1900-2155.")]
    [InlineData("person;year;role\n2022;hemmelig-1;mentor\n", "line 2, column year: is not a year")]
    [InlineData("person;year;role\nhemmelig-1;-2022;mentor\n", "line 2, column year: is not a year")]
    [InlineData("person;year;role\n;2022;mentor\n", "line 2, column person: is empty")]
    [InlineData("person;year;role\nhemmelig-1;2022\n", "line 2: 2 fields where the header has 3 columns.")]
    [InlineData("person;year;role\n\"hemmelig-1;2022;mentor\n", "line 2: a quote is opened and not closed.")]
    [InlineData("person;year;role\n\"hemmelig-1\"x;2022;mentor\n", "line 2: there is something after a closing quote.")]
    [InlineData("person;year;role\nhemmelig-1;2022;mentor\nhemmelig-1;2021;mentor\nhemmelig-1;2022;MENTOR\n", "line 4: the same person, year and role are in line 2 too.")]
    public void BadMentorTableIsRefusedWithItsPlaceAndNobodysId(string text, string expected)
    {
        string message = Assert.Throws<UserTableException>(() => Read(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("m.csv", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person;year;role\n12;2022;mentor\n12;2022;mentee\nøst, 3;2021;trained mentor\n")]
    [InlineData("\uFEFFRole,Person,note,Year\r\nmentor,12,a,2022\r\n\r\nmentee, 12 ,,2022\r\nTrained Mentor,\"øst, 3\",\"a \"\"b\"\"\",2021")]
    [InlineData("role\tperson\tyear\nmentor\t12\t2022\nmentee\t12\t2022\ntrained mentor\tøst, 3\t2021\n")]
    public void RolesOfAPersonAddUpInAnyFormThatTablesMayHave(string text)
    {
        MentorList list = Read(text);
        Assert.Equal([2021, 2022], list.Years);
        Assert.Equal(MentorRoles.Mentor | MentorRoles.Mentee, list.RolesOf("12"u8, 2022));
        Assert.Equal(MentorRoles.TrainedMentor, list.RolesOf("øst, 3"u8, 2021));
        Assert.Equal(MentorRoles.None, list.RolesOf("12"u8, 2021));
        Assert.Equal(MentorRoles.None, list.RolesOf("012"u8, 2022));
        Assert.Equal((1, 1, 0), (list.Count(2022, MentorRoles.AnyMentor), list.Count(2022, MentorRoles.Mentee), list.Count(2022, MentorRoles.TrainedMentor)));
    }

    [Theory]
    [InlineData($"{NationalId};2022;mentor\n", true)]
    [InlineData($"12345678901;2022;mentor\n{NationalId};2022;mentee\n", true)]
    [InlineData("020132 99997;2022;mentor\n", true)]
    [InlineData("530972-48016;2022;mentor\n", true)]
    [InlineData("020132.99997;2022;mentor\n", false)]
    [InlineData($"{Known};2022;mentor\n", false)]
    [InlineData($"{Known};2033;mentor\n", true)]
    public void NationalIdentityNumbersAreRefusedAsInExtracts(string lines, bool isRefused)
    {
        string text = "person;year;role\n" + lines;
        if (!isRefused)
        {
            Read(text);
            return;
        }
        string message = Assert.Throws<ExtractException>(() => Read(text)).Message;
        Assert.StartsWith("m.csv: the column of persons holds valid national identity numbers (1 of ", message, StringComparison.Ordinal);
        Assert.Contains("--pseudonymise-key FILE", message, StringComparison.Ordinal);
        Assert.All((string[])[NationalId, Known, "12345678901", "020132 99997", "530972-48016"], id => Assert.DoesNotContain(id, message, StringComparison.Ordinal));
    }

    [Fact]
    public void IdsArePseudonymisedAsThoseOfExtracts()
    {
        var pseudonymiser = new Pseudonymiser("a key of more than sixteen bytes"u8);
        byte[] pseudonym = new byte[Pseudonymiser.PseudonymLength];
        pseudonymiser.Write(Encoding.UTF8.GetBytes(NationalId), pseudonym);

        using var reader = new StringReader($"person;year;role\n{NationalId};2022;mentee\n");
        MentorList list = MentorFile.Read(reader, "m.csv", pseudonymiser);

        Assert.Equal(MentorRoles.Mentee, list.RolesOf(pseudonym, 2022));
        Assert.Equal(MentorRoles.None, list.RolesOf(Encoding.UTF8.GetBytes(NationalId), 2022));
    }

    [Fact]
    public void FileThatIsNotThereIsNamed() =>
        Assert.Contains("absent.csv: the mentor table cannot be read", Assert.Throws<UserTableException>(() => MentorFile.Read("absent.csv", null)).Message, StringComparison.Ordinal);

    private static MentorList Read(string text)
    {
        using var reader = new StringReader(text);
        return MentorFile.Read(reader, "m.csv", null);
    }
}
