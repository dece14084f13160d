package dev.magpie.examples.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final AddressPolicy PUBLIC = AddressPolicy.publicOnly();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "192.88.99.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fe80::1",
                "fe80::1%1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:c0a8:1::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2001:2::1",
                "3fff::1",
                "100::1",
                "::ffff:0:127.0.0.1",
                "::ffff:0:a00:1",
                "2a00:1450::5efe:10.0.0.1",
                "2a00:1450::200:5efe:127.0.0.1",
                "2002:101:101::5efe:10.0.0.1",
                "5f00::1"
            })
    void whatIsNotPublicIsRefused(String address) throws UnknownHostException {
        assertThat(PUBLIC.refusal(InetAddress.getByName(address))).as(address).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001::200e",
                "64:ff9b::101:101",
                "2002:101:101::1",
                "::ffff:0:8.8.8.8",
                "2a00:1450::5efe:8.8.8.8",
                "2a00:1450::5eff:10.0.0.1",
                "2001:4860:4860::8888"
            })
    void whatIsPublicIsAllowed(String address) throws UnknownHostException {
        assertThat(PUBLIC.refusal(InetAddress.getByName(address))).as(address).isEmpty();
    }

    /** The JDK makes IPv4 of these, which must be looked at as such. */
    @Test
    void mappedAddressesAreTakenForWhatTheyAre() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 10;
        assertThat(PUBLIC.refusal(InetAddress.getByAddress(mapped))).contains("private");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.0/8, 127.9.9.9, true",
        "10.1.0.0/17, 10.1.127.255, true",
        "10.1.0.0/17, 10.1.128.0, false",
        "0.0.0.0/0, 192.168.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fc12::1, false",
        "10.0.0.0/8, 64:ff9b::a00:1, true"
    })
    void whatIsAllowedExplicitlyIsAllowed(String block, String address, boolean allowed)
            throws UnknownHostException {
        AddressPolicy policy = AddressPolicy.publicAnd(List.of(block));
        assertThat(policy.refusal(InetAddress.getByName(address)).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::1/129",
                "1/x"
            })
    void otherBlocksAreWrong(String block) {
        assertThatThrownBy(() -> AddressPolicy.publicAnd(List.of(block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address block must be")
                .hasMessageContaining("was " + block);
    }

    @Test
    void oneBadAddressSpoilsAHost() throws Exception {
        InetAddress good = InetAddress.getByName("1.1.1.1");
        InetAddress bad = InetAddress.getByName("10.0.0.1");
        assertThat(PUBLIC.check("example.com", List.of(good))).isEqualTo(good);
        assertThatThrownBy(() -> PUBLIC.check("example.com", List.of(good, bad)))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessage("example.com is at 10.0.0.1, which is private");
        assertThatThrownBy(() -> PUBLIC.check("example.com", List.of()))
                .isInstanceOf(UnknownHostException.class);
    }
}
