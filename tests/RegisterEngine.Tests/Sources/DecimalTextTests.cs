using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck.Xunit;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Tests.Sources;

/// <summary>Numbers with decimals, as people write them, against whole numbers without a limit.</summary>
public class DecimalTextTests
{
    [Theory]
    [InlineData("50", 5000)]
    [InlineData("+7,5", 750)]
    [InlineData("-0,01", -1)]
    [InlineData(",25", 25)]
    [InlineData("12,", 1200)]
    [InlineData("00000000012,34", 1234)]
    [InlineData("1,005", 101)]
    [InlineData("-1,005", -101)]
    [InlineData("1,00499999", 100)]
    [InlineData("92233720368547758,07", long.MaxValue)]
    public void A_number_is_read_in_hundredths_and_halves_go_away_from_zero(string text, long hundredths)
    {
        Assert.True(DecimalText.TryRead(Encoding.ASCII.GetBytes(text), ',', 100, out long value, out _));
        Assert.Equal(hundredths, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(",")]
    [InlineData("1,2,3")]
    [InlineData("1 000")]
    [InlineData("1e3")]
    [InlineData("92233720368547758,08")]
    [InlineData("92233720368547758,075")]
    [InlineData("12345678901234567890123456789")]
    public void What_is_no_number_or_too_large_is_refused(string text) =>
        Assert.False(DecimalText.TryRead(Encoding.ASCII.GetBytes(text), ',', 100, out _, out _));

    [Property(MaxTest = 2000)]
    public void Every_number_equals_exact_arithmetic(long whole, ulong decimals, byte places, byte scalePower)
    {
        string fraction = decimals.ToString(CultureInfo.InvariantCulture).PadLeft(20, '0')[(20 - (places % 9))..];
        string text = fraction.Length == 0 ? whole.ToString(CultureInfo.InvariantCulture) : $"{whole},{fraction}";
        int scale = (int)Math.Pow(10, scalePower % 5);
        BigInteger digits = BigInteger.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        BigInteger unit = BigInteger.Pow(10, fraction.Length);
        BigInteger scaled = BigInteger.DivRem(BigInteger.Abs(digits) * scale, unit, out BigInteger rest);
        scaled += rest * 2 >= unit ? 1 : 0;

        bool read = DecimalText.TryRead(Encoding.ASCII.GetBytes(text), ',', scale, out long value, out Repair? repair);

        Assert.Equal(scaled <= long.MaxValue, read);
        if (!read)
            return;
        Assert.Equal(digits.Sign < 0 || text[0] == '-' ? -scaled : scaled, value);
        Assert.Equal(rest.IsZero ? null : Repair.Rounded, repair);
    }
}
