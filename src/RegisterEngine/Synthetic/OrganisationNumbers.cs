using System.Text;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Synthetic;

/// <summary>Valid organisation numbers that belong to nobody: they begin with 2 or 3, and real ones with 8 or 9. Never gives the same one twice.</summary>
internal sealed class OrganisationNumbers(ulong seed)
{
    private const int First = 20_000_000;
    private const int Span = 20_000_000;
    private const int NotIssued = 10;

    private readonly Permutation _order = new(Span, Hashing.Mix(seed ^ 0x6F7267));
    private ulong _serial;

    /// <summary>The next number.</summary>
    public string Next()
    {
        while (true)
        {
            string digits = $"{First + (int)_order[_serial++]}";
            int check = OrganisationNumber.CheckDigit(Encoding.ASCII.GetBytes(digits));
            if (check != NotIssued)
                return $"{digits}{check}";
        }
    }
}
