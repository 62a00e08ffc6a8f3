using PresignKit;

namespace WebApi.Tests;

/// <summary>A class of an application, as the tests of docs/testing.md have it: it needs a link, and no store.</summary>
internal sealed class InvoiceMail(IPresigner presigner)
{
    public string Write(int number)
    {
        PresignedUrl link = presigner.Presign(new GetObject($"invoices/{number}.pdf") { ExpiresIn = TimeSpan.FromDays(7) });
        return FormattableString.Invariant($"Your invoice, until {link.ExpiresAt:yyyy-MM-dd}: {link.Url}");
    }
}
